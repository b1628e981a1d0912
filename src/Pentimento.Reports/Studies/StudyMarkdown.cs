using System.Text;
using Pentimento.Experiments;

namespace Pentimento.Reports.Studies;

/// <summary>A study in Markdown, its figures beside it.</summary>
public static class StudyMarkdown
{
    /// <summary>Writes <c>report.md</c> into a finished study's folder.</summary>
    /// <param name="folder">The run.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="BadInputException">The study is not finished, or its files are not whole.</exception>
    public static string Write(RunFolder folder)
    {
        var study = Study.Read(folder);
        var text = new StringBuilder("# The seed report, measured\n\n## What the report claims, and what holds\n\n");
        Table(text, ["chapter", "the report says", "verdict", "measured", "over"], study.Claims.Select(entry => (IReadOnlyList<string>)
            [entry.Part.Title, entry.Claim.Said, $"{entry.Claim.Ruling.Sign()} {entry.Claim.Ruling.Words()}", entry.Claim.Measured, entry.Claim.Basis]));
        foreach (var part in study.Parts)
        {
            text.Append($"## {part.Title}\n\n");
            foreach (var block in part.Blocks) Write(text, block, folder);
        }

        SafeFile.Write(folder.At("report.md"), text.ToString());
        return folder.At("report.md");
    }

    private static void Write(StringBuilder text, Block block, RunFolder folder)
    {
        if (block.Heading is { } heading) text.Append($"### {heading}\n\n");
        if (block.Text is { } words) text.Append($"{Plain(words)}\n\n");
        if (block.Figure is { } figure)
        {
            var file = $"{FigureFiles.Place}/{figure.Name}.svg";
            text.Append($"![{Plain(figure.Alt)}]({(File.Exists(folder.At(file)) ? file : Path.ChangeExtension(file, "png"))})\n\n*{Plain(figure.Caption)}*\n\n");
        }

        if (block.Table is not { } table) return;
        Table(text, table.Header, table.Rows);
        text.Append($"*{Plain(table.Caption)}*\n\n");
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        foreach (var row in rows.Prepend([.. header.Select(_ => "---")]).Prepend(header)) text.Append($"| {string.Join(" | ", row.Select(cell => Plain(cell)))} |\n");
        text.Append('\n');
    }

    // Signs that Markdown would read as its own.
    private static string Plain(string words) => words.Replace("|", "\\|").Replace("*", "\\*").Replace("_", "\\_").Replace("[", "\\[");
}
