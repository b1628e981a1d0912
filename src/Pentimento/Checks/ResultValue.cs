using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Checks;

/// <summary>Any number that an operation's JSON holds, by the operation's name and the keys to it: discover.suspects, audit.color-share.</summary>
/// <remarks>
/// A list counts its entries; of suspects those that are shortcuts, and undecided ones leave the requirement undecided. An object with a value and an
/// interval, or a number that stands right before low and high, has that interval;
/// any other number is taken as exact.
/// </remarks>
/// <param name="Operation">The operation's name.</param>
/// <param name="Path">The keys, with dots between; entries of lists by number.</param>
/// <param name="Options">The operation's options, as NAME=VALUE with commas between, or none.</param>
internal sealed record ResultValue(string Operation = "evaluate", string Path = "evaluations", string Options = "none") : Quantity
{
    /// <inheritdoc/>
    public override Measurement Measure(CheckSubject subject)
    {
        var operation = Bound(subject.Check);
        var result = subject.ResultOf($"{Operation}[{Options}]", operation);
        return Read(JsonSerializer.SerializeToNode(result, result.GetType(), Json.Options), Path, Operation);
    }

    /// <inheritdoc/>
    public override double ReadLimit(string text) => text.EndsWith('%') ? Number(text[..^1], text) / 100 : Number(text, text);

    /// <inheritdoc/>
    public override string Format(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>The operation with the network and the images under check.</summary>
    /// <exception cref="BadInputException">There is no such operation, or it does not measure a network on images.</exception>
    public Operation Bound(CheckRequirements check)
    {
        var type = Catalog.FamilyOf(typeof(Operation)).Find(Operation).Type;
        var settings = Settings.Of(type).All;
        var isMeasurement = settings.Any(setting => setting.Property == "Model") && settings.Any(setting => setting.Property == "Data");
        Require.That(isMeasurement, $"'{Operation}' does not measure one network on images, so nothing of it can be required.");
        var named = Options == "none" ? [] : RequirementText.Settings(Options);
        var output = settings.FirstOrDefault(setting => setting.Attribute<OutputAttribute>() is not null && named.ContainsKey(setting.Name));
        Require.That(output is null, $"A requirement writes no files; leave '{output?.Name}' out.");
        foreach (var setting in settings.Where(setting => !named.ContainsKey(setting.Name)))
        {
            var value = typeof(CheckRequirements).GetProperty(setting.Property)?.GetValue(check);
            if (value is not null && setting.Property is "Model" or "Data" or "Network" or "Preprocess" or "Size" or "Limit")
                named[setting.Name] = Binder.Describe(value);
        }

        return (Operation)Binder.BindRecord(named, type, new(null, Operation));
    }

    /// <summary>The values of the options, those of the check left out.</summary>
    /// <exception cref="BadInputException">There is no such operation, or it does not take these.</exception>
    public IReadOnlyList<(object? Value, InputAttribute? File)> NamedInputs(CheckRequirements check)
    {
        if (Options == "none") return [];
        var (operation, named) = (Bound(check), RequirementText.Settings(Options));
        return [.. Settings.Of(operation.GetType()).All.Where(setting => named.ContainsKey(setting.Name))
            .Select(setting => (setting.Of(operation), setting.Attribute<InputAttribute>()))];
    }

    /// <summary>Finds a number in a result.</summary>
    /// <exception cref="BadInputException">There is none at this place.</exception>
    internal static Measurement Read(JsonNode? node, string path, string operation)
    {
        var (owner, last) = (node, "");
        foreach (var key in path.Split('.'))
        {
            (owner, last) = (node, key);
            node = node switch
            {
                JsonObject named => Named(named, key, operation),
                JsonArray list when int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Count => list[at],
                _ => throw new BadInputException($"The result of {operation} has nothing at '{Printable.Short(path)}'."),
            };
        }

        if (node is JsonArray entries) return Counted(entries);
        if (node is JsonObject share && Number(share["value"]) is { } inner) return WithInterval(share, "value", inner);
        if (node is JsonValue value && value.TryGetValue<bool>(out var truth)) return Measurement.Exactly(truth ? 1 : 0);
        var number = Number(node);
        Require.That(number is not null, $"The result of {operation} has no number at '{Printable.Short(path)}'.");
        return owner is JsonObject around ? WithInterval(around, KeyOf(around, last)!, number.Value) : Measurement.Exactly(number.Value);
    }

    /// <summary>How many entries a list has; of entries that carry a finding, the shortcuts for certain and the undecided perhaps.</summary>
    private static Measurement Counted(JsonArray entries)
    {
        var findings = entries.OfType<JsonObject>().Select(entry => entry["finding"]?.ToString()).OfType<string>().ToList();
        return findings.Count < entries.Count
            ? Measurement.Exactly(entries.Count)
            : Measurement.Of(findings.Count(finding => finding == "shortcut"), findings.Count(finding => finding != "none"));
    }

    private static Measurement WithInterval(JsonObject around, string key, double value)
    {
        var keys = around.Select(pair => pair.Key).ToList();
        var at = keys.IndexOf(key);
        var stands = at + 2 < keys.Count && keys[at + 1] == "low" && keys[at + 2] == "high";
        var count = Number(around["count"]) is { } images ? (long?)images : null;
        return stands && Number(around["low"]) is { } low && Number(around["high"]) is { } high
            ? new(value, low, high, count)
            : Measurement.Exactly(value);
    }

    private static JsonNode? Named(JsonObject named, string key, string operation)
    {
        var found = KeyOf(named, key);
        Require.That(
            found is not null,
            $"The result of {operation} has no '{Printable.Short(key)}'; {Names.Suggest(key, named.Select(pair => Names.Kebab(pair.Key)))}");
        return named[found];
    }

    private static string? KeyOf(JsonObject named, string key) =>
        named.Select(pair => pair.Key).FirstOrDefault(known => known.Equals(key.Replace("-", ""), StringComparison.OrdinalIgnoreCase));

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? node.GetValue<double>() : null;
}
