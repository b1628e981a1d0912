using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Checks;

/// <summary>A file of requirements, to be kept beside the code.</summary>
/// <param name="Data">The set to check on, or null where the command line names it.</param>
/// <param name="Undecided">What becomes of a requirement that the images cannot decide, or null where the command line says it.</param>
/// <param name="Requirements">What must hold.</param>
internal sealed record Policy(string? Data, UndecidedRule? Undecided, IReadOnlyList<Requirement> Requirements)
{
    private static readonly string[] Keys = ["data", "undecided", "requirements"];

    /// <summary>Reads a policy.</summary>
    /// <exception cref="BadInputException">There is no such file, or it holds what is not known.</exception>
    public static Policy Read(string file)
    {
        Require.That(File.Exists(file), $"There is no policy {file}; 'pentimento check MODEL --data DATA --init --policy {file}' writes one.");
        var root = Yaml.Read(File.ReadAllText(file), file) as JsonObject;
        Require.That(root is not null, $"{file} is no policy: a policy is settings, with a list called 'requirements' among them.");
        var unknown = root.Select(pair => pair.Key).FirstOrDefault(key => !Keys.Contains(key));
        Require.That(unknown is null, $"{file} has no setting '{unknown}'; {Names.Suggest(unknown ?? "", Keys)}");
        Require.That(root["requirements"] is JsonArray { Count: > 0 }, $"{file}: 'requirements' is a list, each as accuracy >= 0.97; there is none.");
        return new(
            root["data"]?.ToString(),
            root["undecided"] is { } rule ? (UndecidedRule)Binder.Bind(rule, typeof(UndecidedRule), $"{file}: undecided")! : null,
            [.. root["requirements"]!.AsArray().Select((node, at) => One(node, $"{file}: requirement {at + 1}"))]);
    }

    /// <summary>Writes a policy that the measured network passes: each limit is the interval's end, rounded away from it.</summary>
    /// <param name="file">The file, which must not be there yet.</param>
    /// <param name="data">The set, as the user wrote it.</param>
    /// <param name="requirements">What must hold.</param>
    public static void Write(string file, string data, IReadOnlyList<Requirement> requirements)
    {
        var lines = requirements.Select(requirement => $"  - {requirement.Text}\n");
        SafeFile.Write(file, $"""
            # Requirements of 'pentimento check'. The limits were written from what was measured; tighten them by hand.
            data: {Yaml.Write(JsonValue.Create(data)).Trim()}
            undecided: fail
            requirements:
            {string.Concat(lines)}
            """.TrimEnd() + "\n");
    }

    private static Requirement One(JsonNode? node, string path)
    {
        Require.That(node is JsonValue, $"{path} is no text such as accuracy >= 0.97.");
        return (Requirement)Binder.Bind(node, typeof(Requirement), path)!;
    }
}

/// <summary>What becomes of a check whose images cannot decide a requirement.</summary>
public enum UndecidedRule
{
    /// <summary>It does not pass: what was not shown does not count as shown.</summary>
    Fail,

    /// <summary>It passes, with the requirement marked as undecided.</summary>
    Pass,
}
