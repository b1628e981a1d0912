using Pentimento.Experiments;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pages;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports;

/// <summary>The page of a finished run on objects.</summary>
internal static class ObjectsPage
{
    /// <summary>Draws the figures into <c>figures/</c> and writes the page, one file that needs no other.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="format">How the page is written.</param>
    /// <returns>The path of <c>report.html</c> or <c>report.md</c>.</returns>
    /// <exception cref="BadInputException">The run is not finished, or its files are not whole.</exception>
    public static string Write(RunFolder folder, PageFormat format = PageFormat.Html)
    {
        var report = ObjectsReport.Read(folder);
        var album = ObjectsFigures.Of(report);
        album.Save(folder.At("figures"));
        return format.Write(folder.At("report"), Rendering.Html<ObjectsDocument>(new() { ["Report"] = report, ["RunFigures"] = album }));
    }
}
