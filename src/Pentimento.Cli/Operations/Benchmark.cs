using System.Diagnostics;
using System.IO.Compression;
using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Painting;

namespace Pentimento.Cli.Operations;

/// <summary>What benchmarks work on.</summary>
/// <param name="Digits">Grey images.</param>
/// <param name="Folder">Where files may be written.</param>
/// <param name="Run">Device, threads, progress and cancellation.</param>
internal sealed record BenchPlace(Digits Digits, string Folder, RunContext Run);

/// <summary>One stage that can be measured.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="NeedsTorch">Whether it computes with tensors.</param>
/// <param name="Measure">Measures it.</param>
internal sealed record Benchmark(string Name, bool NeedsTorch, Func<BenchPlace, IReadOnlyList<Measured>> Measure)
{
    private const int Rounds = 3;
    private const int Explained = 1000;

    /// <summary>Every stage, in the order in which they are measured.</summary>
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        Speed("paint-z", place => () => Paint(place, "rg_95z")),
        Speed("paint-e", place => () => Paint(place, "rg_95e")),
        Speed("build-e", place => () => Write(place)),
        Speed("npz-read", Reading),
        new("train", true, place => new TrainBench(Part(place, TrainBench.Images), place.Run).Measure()),
        Speed("grad-cam", Explaining, Explained),
        new("resnet18", true, place => ResNetBench.Measure(place.Run)),
        new("steps", false, place => new StepsBench(place.Folder, place.Run).Measure()),
    ];

    /// <summary>A stage that is prepared, then measured in images a second.</summary>
    private static Benchmark Speed(string name, Func<BenchPlace, Action> prepare, int most = 0) => new(name, most > 0, place =>
    {
        var images = most > 0 ? Math.Min(place.Digits.Count, most) : place.Digits.Count;
        // A stage's own progress would be reported while it is timed.
        var work = prepare(place with { Run = place.Run.WithoutProgress() });
        return [new(name, images / BestSeconds(name, work, place.Run), "images/s")];
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

    private static Action Explaining(BenchPlace place)
    {
        var set = Part(place, Explained);
        var (network, targets) = (new Cnn3().Build(set.Shape, 10, place.Run.Seed).On(place.Run.Device), new long[set.Count]);
        var layer = network.LastRelu;
        return () =>
        {
            using var maps = new GradCam().ExplainSet(network, set, targets, layer, place.Run);
        };
    }
}
