using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>The page docs/methods.md: every method with its hyper-parameters, defaults and source.</summary>
internal static class MethodsPage
{
    /// <summary>Writes the page.</summary>
    public static void Write(IEnumerable<ListedFamily> families, TextWriter output)
    {
        output.WriteLine("# The catalogue of methods\n");
        output.WriteLine(
            "Every method that can be chosen, with its hyper-parameters, their defaults, and its source."
                + " Written by `pentimento list --format md`; a test says when it is out of date.");
        foreach (var family in families)
        {
            output.WriteLine($"\n## {family.Name}");
            foreach (var member in family.Members) Write(member, output);
        }
    }

    private static void Write(ListedMember member, TextWriter output)
    {
        output.WriteLine($"\n### `{member.Name}`\n\n{member.Summary}\n");
        if (member.Parameters.Count > 0) output.WriteLine("| hyper-parameter | default | meaning |\n|---|---|---|");
        foreach (var setting in member.Parameters)
            output.WriteLine($"| `{setting.Name}` | `{setting.Default}` | {setting.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} |");
        output.WriteLine($"{(member.Parameters.Count > 0 ? "\n" : "")}Source: {member.Source}");
    }
}
