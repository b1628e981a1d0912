using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pentimento.Experiments;
using Pentimento.Lab.Jobs;
using Pentimento.Reports;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Runs;

namespace Pentimento.Lab.Runs;

/// <summary>The HTTP routes of finished runs: their pages, and one that compares several.</summary>
internal static class RunRoutes
{
    /// <summary>Adds the addresses to a server.</summary>
    /// <param name="routes">The server's.</param>
    /// <param name="shelf">The runs.</param>
    /// <param name="folder">The lab's folder.</param>
    public static void Map(IEndpointRouteBuilder routes, RunShelf shelf, string folder)
    {
        // A run's name may have a slash: its file is named apart from it.
        routes.MapGet("/runs/file/{**path}", (HttpContext context, string path) =>
            JobRoutes.Send(context, shelf.Find(context.Request.Query["run"].ToString()).Folder, path));
        routes.MapGet("/runs/compared", context => Compare(context, shelf, folder));
    }

    private static async Task Compare(HttpContext context, RunShelf shelf, string folder)
    {
        var runs = context.Request.Query["run"].Select(name => shelf.Find(name ?? "")).DistinctBy(run => run.Folder).ToList();
        Require.That(runs.Count > 1, $"Choose at least two runs to compare; got {runs.Count}.");
        var page = await Task.Run(() => ComparisonPage.Write(
            RunComparison.Read([.. runs.Select(run => new RunFolder(run.Folder))]), Path.Combine(folder, "compared"), PageFormat.Html));
        await JobRoutes.Send(context, Path.GetDirectoryName(page)!, Path.GetFileName(page));
    }
}
