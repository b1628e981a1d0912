using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports.Pictures;

namespace Pentimento.Lab.Queries;

/// <summary>The HTTP routes of the screens' queries.</summary>
internal static class QueryRoutes
{
    private const int MostZoomed = 512;

    /// <summary>Adds the addresses to a server.</summary>
    public static void Map(IEndpointRouteBuilder routes, Workbench bench)
    {
        routes.MapPost("/ask/look", context => Stream<LookQuestion, LookFrame>(
            context, question => LookFrames.Stream(bench, question, context.RequestAborted)));
        routes.MapPost("/ask/cue", context => Stream<CueQuestion, CueFrame>(
            context, question => CueFrames.Stream(bench, question, context.RequestAborted)));
        routes.MapPost("/ask/inside", context => Answer<InsideQuestion, InsideAnswer>(context, bench, ChannelInspection.Answer));
        routes.MapPost("/ask/channel", context => Answer<ChannelQuestion, ChannelCard>(context, bench, ChannelCard.Of));
        routes.MapPost("/ask/attack/code", context => Answer<AttackQuestion, CodeSnippet>(context, bench, EquivalentCode.Attack));
        routes.MapPost("/ask/attack", context => Stream<AttackQuestion, AttackFrame>(
            context, question => AttackFrames.Stream(bench, question, question.Model, question.Radius, context.RequestAborted)));
        routes.MapGet("/images/{place:int}.png", (HttpContext context, int place) => Image(context, bench, place));
    }

    /// <summary>Writes an answer as JSON.</summary>
    public static async Task Write(HttpContext context, object answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, answer.GetType(), Json.Options, context.RequestAborted);
    }

    /// <summary>Reads a question.</summary>
    /// <exception cref="BadInputException">It is empty.</exception>
    public static async Task<T> Read<T>(HttpContext context) where T : class =>
        await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json.Options, context.RequestAborted)
            ?? throw new BadInputException("The question is empty.");

    private static async Task Answer<TQuestion, TAnswer>(HttpContext context, Workbench bench, Func<Workbench, TQuestion, TAnswer> answer)
        where TQuestion : class
        where TAnswer : class
    {
        var question = await Read<TQuestion>(context);
        await Write(context, await bench.InTurn(() => answer(bench, question)));
    }

    /// <summary>Writes frames as they come, one a line.</summary>
    private static async Task Stream<TQuestion, TFrame>(HttpContext context, Func<TQuestion, IAsyncEnumerable<TFrame>> answer)
        where TQuestion : class
        where TFrame : class
    {
        var question = await Read<TQuestion>(context);
        context.Response.ContentType = "application/jsonl; charset=utf-8";
        try
        {
            await foreach (var frame in answer(question))
            {
                await context.Response.WriteAsync(Json.Line(frame) + "\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (BadInputException failure) when (context.Response.HasStarted)
        {
            // The status has gone out; the sentence is a line of its own.
            await context.Response.WriteAsync(Json.Line(new { Refusal = Printable.Of(failure.Message) }) + "\n", context.RequestAborted);
        }
    }

    private static async Task Image(HttpContext context, Workbench bench, int place)
    {
        var set = bench.RequireImages();
        Require.That(place < set.Count, $"There is no image {place}; {set.Name} has {set.Count:N0}, from 0 on.");
        var zoom = Math.Max(1, (int)Math.Min(MostZoomed / set.Shape.Width, 4));
        context.Response.ContentType = "image/png";
        await context.Response.Body.WriteAsync(Picture.Of(set, place).Enlarged(zoom), context.RequestAborted);
    }
}

/// <summary>What change of an image fools a network?</summary>
internal sealed record AttackQuestion : ImageQuery
{
    /// <summary>The network.</summary>
    public string? Model { get; init; }

    /// <summary>The largest change of a value, in pixels of [0, 1].</summary>
    public double Radius { get; init; } = 0.03;
}
