using System.Diagnostics;
using System.Runtime.CompilerServices;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Lab.Queries;

/// <summary>What the networks answer to an image and where they look, as it comes: of a method that takes long, coarser maps come first.</summary>
internal static class LookFrames
{
    // The first map is to be there within a second: less than half of one is planned, for other work may be under way.
    private const double FirstSeconds = 0.4;

    // Each map takes so many times as long as the one before, so that all drafts together take a quarter of what the last map does.
    private const int Growth = 6;

    // Networks that answer within this need no predictions ahead of the map.
    private const double SlowSeconds = 0.03;

    // Batches of few images hear soon that whoever asked has gone.
    private const long Memory = 1L << 28;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Answers the question, frame by frame; the last frame is the whole answer.</summary>
    /// <param name="bench">The bench.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancel">Whoever asked has gone.</param>
    /// <exception cref="BadInputException">The image, the method or the layer cannot be used.</exception>
    public static async IAsyncEnumerable<LookFrame> Stream(
        Workbench bench, LookQuestion question, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancel, bench.Run.Cancel);
        var heard = new Heard();
        var run = bench.Run with { Cancel = gone.Token, Progress = heard, Memory = Math.Min(bench.Run.MemoryBudget, Memory) };
        var (method, plain, seconds) = await bench.InTurn(() => First(bench, question, run));
        if (method is null || seconds > SlowSeconds) yield return new(plain, method is null ? null : Catalog.Write(method), 0);
        if (method is null) yield break;
        Task pending = Task.CompletedTask;
        try
        {
            var drafts = Drafts(method, bench.Shape, seconds);
            foreach (var draft in drafts)
            {
                heard.Report(default);
                var work = bench.InTurn(() => NetworkAnswers.Answer(bench, question, draft, run));
                for (pending = work; await Task.WhenAny(work, Task.Delay(Pause, CancellationToken.None)) != work;)
                    yield return new(null, Catalog.Write(draft), heard.Share);
                var answer = await work;
                yield return ReferenceEquals(draft, drafts[^1])
                    ? new(answer, null, 1) : new(Noted(answer, draft), Catalog.Write(method), 0);
            }
        }
        finally
        {
            // A question that nobody waits for ends by itself, but before what it reads is gone.
            await pending.ContinueWith(ended => ended.Exception, TaskScheduler.Default);
        }
    }

    /// <summary>The predictions, and how long they took.</summary>
    private static (AttributionMethod? Method, LookAnswer Answer, double Seconds) First(Workbench bench, LookQuestion question, RunContext run)
    {
        var method = NetworkAnswers.MethodOf(bench, question);
        var begun = Stopwatch.GetTimestamp();
        var answer = NetworkAnswers.Answer(bench, question, null, run);
        return (method, answer, Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    /// <summary>The methods to run one after another: coarser ones where a network is slow, then the one that was asked for.</summary>
    /// <param name="method">The method that was asked for.</param>
    /// <param name="shape">The size of the images.</param>
    /// <param name="seconds">How long the predictions of all networks took.</param>
    internal static IReadOnlyList<AttributionMethod> Drafts(AttributionMethod method, ImageShape shape, double seconds)
    {
        var drafts = new List<AttributionMethod>();
        for (var passes = Math.Max(1, FirstSeconds / seconds); passes < int.MaxValue; passes *= Growth)
        {
            if (method.Draft((int)passes, shape) is not { } draft) break;
            drafts.Add(draft);
        }

        return [.. drafts, method];
    }

    private static LookAnswer Noted(LookAnswer answer, AttributionMethod draft) => answer with
    {
        Networks = [.. answer.Networks.Select(one => one with { Note = $"A first look with {Catalog.Write(draft)}. {one.Note}".Trim() })],
    };

    private sealed class Heard : IProgress<Progress>
    {
        private double share;

        public double Share => Volatile.Read(ref share);

        public void Report(Progress value) => Volatile.Write(ref share, value.Total > 0 ? (double)value.Done / value.Total : 0);
    }
}

/// <summary>A part of what is answered to a look.</summary>
/// <param name="Answer">The answer so far; null where only the work went on.</param>
/// <param name="Doing">What is being computed, as a method with its settings; null where all is there.</param>
/// <param name="Share">How much of that is done, 0..1.</param>
internal sealed record LookFrame(LookAnswer? Answer, string? Doing, double Share);
