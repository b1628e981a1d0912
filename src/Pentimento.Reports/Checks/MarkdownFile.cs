using System.Text;
using Pentimento.Checks;
using Pentimento.Evaluation;

namespace Pentimento.Reports.Checks;

/// <summary>A check as Markdown, for a pull request or a job's summary.</summary>
internal static class MarkdownFile
{
    /// <summary>Writes the file's text.</summary>
    public static string Text(CheckResult result)
    {
        var text = new StringBuilder();
        text.Append($"## pentimento check: {(result.Passed ? "passed" : "not passed")}\n\n");
        text.Append($"{Cell(result.Verdict)} `{Code(result.Model)}` on `{Code(result.Data)}`, {Numbers.Whole(result.Count)} images.\n\n");
        text.Append("| requirement | status | measured |\n| --- | --- | --- |\n");
        foreach (var row in result.Requirements)
            text.Append($"| `{Code(row.Requirement)}` | {CheckText.Of(row.Status)} | {Cell(row.Message)} |\n");
        var worse = result.Regressions.Where(change => change.Status == RequirementStatus.Failed).ToList();
        if (worse.Count > 0) text.Append("\nWorse than the baseline on the same images:\n\n");
        foreach (var change in worse) text.Append($"- {Cell(CheckText.Of(change))}\n");
        return text.ToString();
    }

    private static string Cell(string text) => Printable.Of(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace("|", "\\|");

    private static string Code(string text) => Printable.Of(text).Replace("`", "'").Replace("|", "\\|");
}
