using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Pentimento.Experiments;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Pages;

namespace Pentimento.Reports;

/// <summary>The page that tells a run to somebody who never saw it.</summary>
public static class ReportPage
{
    /// <summary>Draws the figures of a finished run into <c>figures/</c> and writes its page, one file that needs no other.</summary>
    /// <param name="folder">The run.</param>
    /// <returns>The path of <c>report.html</c>.</returns>
    /// <exception cref="BadInputException">The run is not finished, or its files are not whole.</exception>
    public static string Write(RunFolder folder)
    {
        var report = RunReport.Read(folder);
        var album = Album.Of(report);
        album.Save(folder.At("figures"));
        SafeFile.Write(folder.At("report.html"), Html(report, album));
        return folder.At("report.html");
    }

    /// <summary>The page as HTML.</summary>
    /// <param name="report">The run.</param>
    /// <param name="album">Its figures.</param>
    public static string Html(RunReport report, Album album)
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Report"] = report, ["Album"] = album });
        // No component waits for anything, so the rendering is over when it returns.
        return renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Document>(parameters)).ToHtmlString()).GetAwaiter().GetResult();
    }
}
