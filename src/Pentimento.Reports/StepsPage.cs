using Pentimento.Experiments;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Pages;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports;

/// <summary>The page of a finished recipe of named operations: the steps with what they found, each with its picture and its own page.</summary>
internal static class StepsPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="format">How the page is written.</param>
    /// <returns>The path of <c>report.html</c> or <c>report.md</c>.</returns>
    /// <exception cref="BadInputException">The run is not finished, or its files are not whole.</exception>
    public static string Write(RunFolder folder, PageFormat format = PageFormat.Html) =>
        format.Write(folder.At("report"), Rendering.Html<StepsDocument>(new() { ["Report"] = StepsReport.Read(folder) }));
}
