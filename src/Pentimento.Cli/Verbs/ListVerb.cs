using Pentimento.Foundation.Configuration;

namespace Pentimento.Cli.Verbs;

/// <summary><c>list [FAMILY]</c>: every method, with its defaults and its source.</summary>
internal static class ListVerb
{
    private sealed record Result(IReadOnlyList<Listed> Families);

    private sealed record Listed(string Name, IReadOnlyList<Entry> Members);

    private sealed record Entry(string Name, string Summary, string Source, IReadOnlyList<Setting> Parameters);

    private sealed record Setting(string Name, string Kind, string Default, string Meaning, object? Minimum, object? Maximum);

    public static Verb Create(Host host)
    {
        var family = new Argument<string?>("FAMILY") { Description = "One family, e.g. attacks (default: all).", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<Format>("--format")
        {
            Description = "How it is written: for reading here, or as the page docs/methods.md.",
            HelpName = "text|md",
        }.OneOf();
        var verb = new Verb(
            "list",
            "Lists the methods that can be chosen, with their hyper-parameters, defaults and sources.",
            """
            Examples:
              pentimento list
              pentimento list objectives --json
              pentimento list --format md > docs/methods.md
            """) { family, format };
        verb.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(family);
            var families = Catalog.Families.Where(known => wanted is null || known.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
            Require.That(
                families.Count > 0,
                $"There is no family '{wanted}'; {Names.Suggest(wanted ?? "", Catalog.Families.Select(known => known.Name))}");
            return new Session(host, parsed).Answer(
                torch: false,
                _ => new Result([.. families.Select(List)]),
                parsed.GetValue(format) == Format.Md ? PrintMarkdown : Print);
        });
        return verb;
    }

    private static Listed List(Family family) =>
        new(
            family.Name,
            [
                .. family.Members.Select(member => new Entry(
                    member.Name,
                    member.Summary,
                    member.Source,
                    [
                        .. member.Parameters.Select(setting => new Setting(
                            setting.Name,
                            setting.Kind,
                            setting.Default,
                            setting.Meaning,
                            setting.Range?.Minimum,
                            setting.Range?.Maximum)),
                    ])),
            ]);

    private static void PrintMarkdown(Result result, TextWriter output)
    {
        output.WriteLine("# The catalogue of methods\n");
        output.WriteLine(
            "Every method that can be chosen, with its hyper-parameters, their defaults, and its source. Written by `pentimento list --format md`; a test says when it is out of date."
        );
        foreach (var family in result.Families)
        {
            output.WriteLine($"\n## {family.Name}");
            foreach (var member in family.Members)
            {
                output.WriteLine($"\n### `{member.Name}`\n\n{member.Summary}\n");
                if (member.Parameters.Count > 0)
                    output.WriteLine("| hyper-parameter | default | meaning |\n|---|---|---|");
                foreach (var setting in member.Parameters)
                    output.WriteLine($"| `{setting.Name}` | `{setting.Default}` | {setting.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} |");
                output.WriteLine($"{(member.Parameters.Count > 0 ? "\n" : "")}Source: {member.Source}");
            }
        }
    }

    private enum Format
    {
        Text,
        Md,
    }

    private static void Print(Result result, TextWriter output)
    {
        foreach (var family in result.Families)
        {
            output.WriteLine(family.Name);
            foreach (var member in family.Members)
            {
                output.WriteLine($"  {member.Name}: {member.Summary}");
                foreach (var setting in member.Parameters) output.WriteLine($"      {setting.Name}={setting.Default}  {setting.Meaning}");
                output.WriteLine($"      {member.Source}");
            }

            output.WriteLine();
        }
    }
}
