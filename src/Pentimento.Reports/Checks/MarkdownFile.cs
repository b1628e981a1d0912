using System.Text;
using Pentimento.Checks;
using Pentimento.Evaluation;
using Pentimento.Reports.Documents;

namespace Pentimento.Reports.Checks;

/// <summary>A check as Markdown, for a pull request or a job's summary.</summary>
internal static class MarkdownFile
{
    /// <summary>Writes the file's text.</summary>
    public static string Text(CheckResult result)
    {
        var text = new StringBuilder();
        text.Append($"## pentimento check: {(result.Passed ? "passed" : "not passed")}\n\n");
        text.Append($"{MarkdownText.Plain(result.Verdict)} {MarkdownText.Code(result.Model)} on {MarkdownText.Code(result.Data)}, "
            + $"{Numbers.Counted(result.Count, "image")}.\n\n");
        text.Append("| requirement | status | measured |\n| --- | --- | --- |\n");
        foreach (var row in result.Requirements)
            text.Append($"| {MarkdownText.Code(row.Requirement)} | {CheckText.Of(row.Status)} | {MarkdownText.Plain(row.Message)} |\n");
        var worse = result.Regressions.Where(change => change.Status == RequirementStatus.Failed).ToList();
        if (worse.Count > 0) text.Append("\nWorse than the baseline on the same images:\n\n");
        foreach (var change in worse) text.Append($"- {MarkdownText.Plain(CheckText.Of(change))}\n");
        return text.ToString();
    }
}
