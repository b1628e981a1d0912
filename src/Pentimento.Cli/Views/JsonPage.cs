using Pentimento.Cli.Operations;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The page docs/json.md: what every operation takes and prints with <c>--json</c>, read off its records.</summary>
internal static class JsonPage
{
    /// <summary>Writes the page.</summary>
    public static void Write(TextWriter output)
    {
        var operations = Catalog.FamilyOf(typeof(Operation)).Members;
        var results = operations.Select(member => ListedMember.ResultOf(member.Type)!).ToList();
        output.WriteLine("# Operations and their JSON\n");
        output.WriteLine(
            "Every operation with its options, and the object that it prints with `--json`: the same record that the library returns."
                + $" Where options named files, `{Outputs.Key}` lists those that were written."
                + " Written by `pentimento list --format json-doc`; a test says when it is out of date.");
        foreach (var (member, result) in operations.Zip(results)) Write(member, result, output);
        output.WriteLine("\n# Parts of results");
        foreach (var type in Parts(results)) Write(type, output);
    }

    private static void Write(Member member, Type result, TextWriter output)
    {
        var settings = Settings.Of(member.Type).All.ToDictionary(setting => setting.Name);
        output.WriteLine($"\n## `pentimento {member.Name}`\n\n{member.Summary}\n");
        if (member.Parameters.Count > 0) output.WriteLine("| option | takes | default | meaning |\n|---|---|---|---|");
        foreach (var option in member.Parameters)
        {
            var setting = settings[option.Name];
            var name = setting.Attribute<ArgumentAttribute>() is null ? $"--{option.Name}" : option.Name.ToUpperInvariant();
            var usual = setting.Required ? "required" : option.Default.Length == 0 ? "" : $"`{option.Default}`";
            output.WriteLine($"| `{name}` | {Cell(option.Kind)} | {usual} | {Cell(option.Meaning)} |");
        }

        output.WriteLine($"\n`{JsonShape.NameOf(result)}`: {Documentation.Of(result).Summary(result)}\n");
        WriteKeys(result, output);
    }

    private static void Write(Type type, TextWriter output)
    {
        output.WriteLine($"\n## {JsonShape.NameOf(type)}\n\n{Documentation.Of(type).Summary(type)}\n");
        WriteKeys(type, output);
    }

    private static void WriteKeys(Type type, TextWriter output)
    {
        output.WriteLine("| key | type | meaning |\n|---|---|---|");
        foreach (var key in JsonShape.KeysOf(type)) output.WriteLine($"| `{key.Name}` | {Cell(key.Kind)} | {Cell(key.Meaning)} |");
    }

    /// <summary>The records inside results, each once, by name.</summary>
    private static IReadOnlyList<Type> Parts(IReadOnlyList<Type> results)
    {
        var seen = new HashSet<Type>(results);
        var open = new Queue<Type>(results);
        while (open.TryDequeue(out var type))
        {
            foreach (var part in JsonShape.KeysOf(type).Select(key => key.Part).OfType<Type>())
            {
                if (seen.Add(part)) open.Enqueue(part);
            }
        }

        return [.. seen.Except(results).OrderBy(JsonShape.NameOf, StringComparer.Ordinal)];
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
