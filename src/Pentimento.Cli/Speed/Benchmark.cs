using System.Diagnostics;
using System.IO.Compression;
using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Cli.Speed;

/// <summary>The inputs of benchmarks.</summary>
/// <param name="Digits">Grey images.</param>
/// <param name="Folder">Where files may be written.</param>
/// <param name="Run">Device, threads, progress and cancellation.</param>
internal sealed record BenchPlace(Digits Digits, string Folder, RunContext Run)
{
    /// <summary>The Pythons that may have PyTorch; none where nothing is compared.</summary>
    public IReadOnlyList<string> Pythons { get; init; } = [];

    /// <summary>The number of CPU threads.</summary>
    public int Threads => Run.Threads > 0 ? Run.Threads : Environment.ProcessorCount;
}

/// <summary>One stage that can be measured.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="NeedsTorch">Whether it computes with tensors.</param>
/// <param name="Measure">Measures it.</param>
internal sealed record Benchmark(string Name, bool NeedsTorch, Func<BenchPlace, IReadOnlyList<Measured>> Measure)
{
    private const int Rounds = 3;

    /// <summary>Every stage, in the order in which they are measured.</summary>
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("machine", true, Machine.Measure),
        Speed("paint-z", place => () => Paint(place, "rg_95z")),
        Speed("paint-e", place => () => Paint(place, "rg_95e")),
        Speed("build-e", place => () => Write(place)),
        Speed("npz-read", Reading),
        .. PyTorchBenchmarks.All.Select(contest => new Benchmark(contest.Name, true, contest.Measure)),
        new("train", true, place => new TrainBench(Part(place, TrainBench.Images), place.Run).Measure()),
        new("folding", true, place => ResNetBench.Measure(place.Run)),
        new("steps", false, place => new StepsBench(place.Folder, place.Run).Measure()),
    ];

    /// <summary>A stage that is prepared, then measured in images a second.</summary>
    private static Benchmark Speed(string name, Func<BenchPlace, Action> prepare) => new(name, false, place =>
    {
        // A stage's own progress would be reported while it is timed.
        var work = prepare(place with { Run = place.Run.WithoutProgress() });
        return [new(name, place.Digits.Count / BestSeconds(name, work, place.Run), "images/s")];
    });

    private static double BestSeconds(string name, Action work, RunContext run)
    {
        var best = double.PositiveInfinity;
        for (var round = 0; round < Rounds; round++)
        {
            run.Report(new($"bench {name}", round, Rounds));
            var watch = Stopwatch.StartNew();
            work();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static Painter PainterOf(string name) => new(Canvas.Parse(name), Palette.Seed, new(0));

    private static ImageSet Paint(BenchPlace place, string name) =>
        PainterOf(name).Paint(place.Digits, Split.Train, 0, place.Run.Threads, place.Run);

    private static ImageSet Part(BenchPlace place, int most) =>
        Paint(place with { Digits = place.Digits.Part(0, Math.Min(place.Digits.Count, most)), Run = place.Run.WithoutProgress() }, "rg_95z");

    private static string Write(BenchPlace place)
    {
        var file = Path.Combine(place.Folder, "train_data.npz");
        var arrays = PainterOf("rg_95e").Arrays(place.Digits, Split.Train, 0, place.Run);
        Npz.WritePieces(file, arrays, CompressionLevel.Fastest, place.Run.Threads);
        return file;
    }

    private static Action Reading(BenchPlace place)
    {
        var file = Write(place);
        return () => ImageSetFile.Read(file, "bench");
    }
}
