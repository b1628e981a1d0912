using Pentimento.Experiments;
using Pentimento.Painting;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pages;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports;

/// <summary>The page of a finished run, for a reader who has not seen it.</summary>
internal static class ReportPage
{
    /// <summary>Draws the figures of a finished run into <c>figures/</c> and writes its page, one file that needs no other.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="format">How the page is written.</param>
    /// <returns>The path of <c>report.html</c> or <c>report.md</c>.</returns>
    /// <exception cref="BadInputException">The run is not finished, or its files are not whole.</exception>
    public static string Write(RunFolder folder, PageFormat format = PageFormat.Html)
    {
        var report = RunReport.Read(folder);
        var album = RunFigures.Of(report);
        album.Save(folder.At("figures"));
        // A script means nothing to readers of Markdown, and it paints MNIST's digits on black.
        var isKnown = report.Recipe.Painting is { Source: "", Cue: ColorPlacement.Stroke };
        var live = format == PageFormat.Html && isKnown ? InteractiveNetworks.Read(folder) : null;
        return format.Write(folder.At("report"), Html(report, album, live));
    }

    /// <summary>The page as HTML.</summary>
    /// <param name="report">The run.</param>
    /// <param name="album">Its figures.</param>
    /// <param name="live">Its networks for the reader to try, or null.</param>
    public static string Html(RunReport report, RunFigures album, InteractiveNetworks? live = null) =>
        Rendering.Html<Document>(new() { ["Report"] = report, ["RunFigures"] = album, ["Live"] = live });
}
