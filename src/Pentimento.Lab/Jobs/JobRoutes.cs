using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pentimento.Lab.Queries;

namespace Pentimento.Lab.Jobs;

/// <summary>The HTTP routes of jobs.</summary>
internal static class JobRoutes
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        [".png"] = "image/png",
        [".html"] = "text/html; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".csv"] = "text/csv; charset=utf-8",
        [".md"] = "text/plain; charset=utf-8",
        [".yaml"] = "text/plain; charset=utf-8",
    };

    /// <summary>Adds the addresses to a server.</summary>
    public static void Map(IEndpointRouteBuilder routes, JobQueue jobs, Workbench bench)
    {
        routes.MapGet("/jobs.json", context => QueryRoutes.Write(context, jobs.All));
        routes.MapPost("/jobs", async context =>
        {
            var asked = await QueryRoutes.Read<JobRequest>(context);
            await QueryRoutes.Write(context, jobs.Add(asked.Operation, asked.Settings));
        });
        routes.MapPost("/ask/job", async context =>
        {
            var asked = await QueryRoutes.Read<JobRequest>(context);
            await QueryRoutes.Write(context, OperationCode.Of(asked.Operation, asked.Settings));
        });
        routes.MapPost("/ask/save", async context =>
        {
            var asked = await QueryRoutes.Read<InsideQuestion>(context);
            await QueryRoutes.Write(context, jobs.Add("operate", await bench.InTurn(() => EditJob.Settings(bench, asked))));
        });
        routes.MapPost("/jobs/{id:int}/cancel", (HttpContext context, int id) => Do(context, () => jobs.Cancel(id)));
        routes.MapPost("/jobs/{id:int}/resume", (HttpContext context, int id) => Do(context, () => jobs.Resume(id)));
        routes.MapGet("/jobs/{id:int}/files/{**path}", (HttpContext context, int id, string path) => File(context, jobs, id, path));
    }

    private static Task Do(HttpContext context, Action action)
    {
        action();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Shuts a page, which carries a policy of its own, off from the lab that it lies in.</summary>
    internal static void ShutOff(HttpResponse response)
    {
        response.Headers["Content-Security-Policy"] = "sandbox allow-scripts allow-downloads";
        response.Headers["Permissions-Policy"] = "camera=()";
    }

    private static Task File(HttpContext context, JobQueue jobs, int id, string path) =>
        Send(context, Path.Combine(jobs.Folder, jobs.Find(id).Job.Folder ?? "nothing"), path);

    /// <summary>Sends a file of a folder, a page so that it cannot reach the lab it lies in.</summary>
    /// <exception cref="BadInputException">The folder has no such file.</exception>
    internal static async Task Send(HttpContext context, string place, string path)
    {
        var folder = Path.GetFullPath(place);
        var file = Path.GetFullPath(Path.Combine(folder, path));
        var inside = file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && System.IO.File.Exists(file);
        Require.That(inside, $"{Path.GetFileName(folder)} has no file '{Printable.Short(path)}'.");
        context.Response.ContentType = Kinds.GetValueOrDefault(Path.GetExtension(file).ToLowerInvariant(), "application/octet-stream");
        if (Path.GetExtension(file) == ".html") ShutOff(context.Response);
        await context.Response.SendFileAsync(file, context.RequestAborted);
    }
}

/// <summary>An operation that is asked for.</summary>
internal sealed record JobRequest(string Operation, JsonObject Settings);
