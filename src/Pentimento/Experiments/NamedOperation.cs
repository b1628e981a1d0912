using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Experiments;

/// <summary>An operation of a recipe, by the name that other steps call it.</summary>
/// <param name="Name">Letters, digits and hyphens. It is the setting <c>name</c>, too, of an operation that has one.</param>
/// <param name="Operation">The operation.</param>
internal sealed record NamedOperation(string Name, Operation Operation)
{
    private const string NameKey = "name";
    private const string OperationKey = "operation";

    /// <summary>Reads an entry of a recipe.</summary>
    /// <param name="node">Its name, its operation and the operation's settings.</param>
    /// <param name="path">Where it stands, for messages.</param>
    /// <exception cref="BadInputException">There is no such operation, its settings are not what it takes, or it is no step.</exception>
    public static NamedOperation Read(JsonNode? node, string path)
    {
        Require.That(node is JsonObject, $"{path} is not a list of settings.");
        var entry = node.AsObject();
        path = SourceLine.Of(entry)?.ToString() ?? path;
        Require.That(entry[NameKey] is JsonValue && entry[OperationKey] is JsonValue, $"{path} needs a '{NameKey}' and an '{OperationKey}'.");
        var name = entry[NameKey]!.ToString();
        RecipeFile.CheckName(name, path);
        var member = Binder.Find(Catalog.FamilyOf(typeof(Operation)), entry[OperationKey]!.ToString(), new(SourceLine.Of(entry[OperationKey]), name));
        var isNamed = Settings.Of(member.Type).All.Any(setting => setting.Name == NameKey);
        var settings = entry.Where(pair => pair.Key != OperationKey && (isNamed || pair.Key != NameKey))
            .Select(pair => KeyValuePair.Create(pair.Key, SourceLine.Copy(pair.Value)));
        var operation = (Operation)Binder.BindRecord(new(settings), member.Type, new TreePath(SourceLine.Of(entry), name));
        Require.That(
            operation.Resumption is null or { IsRun: false },
            $"{path}: {name}: '{member.Name}' is a run with a folder of its own, and cannot be a step of another.");
        try
        {
            Check(operation);
        }
        catch (BadInputException refusal)
        {
            throw new BadInputException($"{path}: {name}: {refusal.Message}", refusal);
        }

        return new(name, operation);
    }

    /// <summary>What can be told before any work: outputs lie in the step's folder, and options do not contradict each other.</summary>
    private static void Check(Operation operation)
    {
        foreach (var output in Settings.Of(operation.GetType()).All.Where(setting => setting.Attribute<OutputAttribute>() is not null))
        {
            if (output.Of(operation) is string file) OperationStep.Inside(file);
        }

        operation.Check();
    }

    /// <summary>The entry with every default spelled out.</summary>
    public JsonObject Describe()
    {
        var entry = new JsonObject { [NameKey] = Name, [OperationKey] = new Member(Operation.GetType()).Name };
        foreach (var setting in Settings.Of(Operation.GetType()).All)
        {
            if (setting.Of(Operation) is { } value) entry[setting.Name] = Binder.Describe(value);
        }

        return entry;
    }
}
