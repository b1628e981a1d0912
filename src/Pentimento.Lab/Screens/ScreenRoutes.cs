using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pentimento.Foundation.Configuration;
using Pentimento.Lab.Queries;
using Pentimento.Lab.Jobs;
using Pentimento.Lab.Runs;
using Pentimento.Operations;
using Pentimento.Reports.Documents;
using Pentimento.Reports.Style;

namespace Pentimento.Lab.Screens;

/// <summary>The HTTP routes of the screens and their styles and scripts.</summary>
internal static class ScreenRoutes
{
    // The one that the screens name, and those that it imports.
    private static readonly string[] Scripts = ["lab.js", "ask.js", "attack.js", "image.js", "inside.js", "jobs.js", "look.js"];

    /// <summary>Adds the addresses to a server.</summary>
    public static void Map(IEndpointRouteBuilder routes, Workbench bench, JobQueue jobs, RunShelf shelf, string place)
    {
        Task Show<T>(HttpContext context, Dictionary<string, object?> parameters) where T : IComponent =>
            ScreenRoutes.Show<T>(context, bench, place, parameters);
        routes.MapGet("/", context => Show<LookScreen>(context, new()
        {
            ["Bench"] = bench,
            ["Place"] = int.TryParse(context.Request.Query["image"], out var place) ? Math.Max(0, place) : 0,
        }));
        routes.MapGet("/cues", context => Show<CueScreen>(context, new() { ["Bench"] = bench }));
        routes.MapGet("/attack", context => Show<AttackScreen>(context, new() { ["Bench"] = bench }));
        routes.MapGet("/inside", context => Show<InsideScreen>(context, new() { ["Bench"] = bench }));
        routes.MapGet("/data", context => Data(context, bench, place));
        routes.MapGet("/data.csv", context => Table(context, bench));
        routes.MapGet("/jobs", context => Show<JobsScreen>(context, new() { ["Jobs"] = jobs }));
        routes.MapGet("/runs", context => Show<RunsScreen>(context, new() { ["Shelf"] = shelf }));
        routes.MapGet("/jobs/new/{name}", (HttpContext context, string name) => Show<JobForm>(context, new()
        {
            ["Name"] = Catalog.FamilyOf(typeof(Operation)).Find(name).Name,
            ["Bench"] = bench,
        }));
        routes.MapGet("/look/report.css", context => Asset(context, FigureFont.Resource("report.css"), "text/css"));
        routes.MapGet("/look/print.css", context => Asset(context, FigureFont.Resource("print.css"), "text/css"));
        routes.MapGet("/look/browse.js", context => Asset(context, FigureFont.Resource("browse.js"), "text/javascript"));
        routes.MapGet("/look/lab.css", context => Asset(context, Resource("lab.css"), "text/css"));
        foreach (var script in Scripts) routes.MapGet($"/look/{script}", context => Asset(context, Resource(script), "text/javascript"));
    }

    private static async Task Data(HttpContext context, Workbench bench, string place)
    {
        var selection = await bench.InTurn(() => DataSelection.Of(bench, context.Request.Query));
        await Show<DataScreen>(context, bench, place, new()
        {
            ["Bench"] = bench,
            ["Selection"] = selection,
            ["Asked"] = context.Request.Query.ContainsKey("slice"),
        });
    }

    private static async Task Table(HttpContext context, Workbench bench)
    {
        var text = await bench.InTurn(() => DataSelection.Of(bench, context.Request.Query).ToCsv(bench));
        context.Response.ContentType = "text/csv; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static async Task Show<T>(HttpContext context, Workbench bench, string place, Dictionary<string, object?> parameters)
        where T : IComponent
    {
        Require.That(bench.Networks.Count > 0 || typeof(T) == typeof(JobsScreen)
            || typeof(T) == typeof(JobForm) || typeof(T) == typeof(RunsScreen), $"The lab was opened without a network.");
        var html = await bench.InTurn(() => Rendering.Html<T>(parameters));
        context.Response.ContentType = "text/html; charset=utf-8";
        // All addresses of a screen are below the place that only this server knows.
        var placed = html.Replace("<head>", $"<head><base href=\"{place}/\">", StringComparison.Ordinal);
        await context.Response.WriteAsync(placed, context.RequestAborted);
    }

    private static async Task Asset(HttpContext context, byte[] content, string type)
    {
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.Headers.CacheControl = "max-age=3600";
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private static byte[] Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
