using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Pentimento.Attribution;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Painting;

namespace Pentimento.Cli.Verbs;

/// <summary><c>bench [NAME...]</c>: how fast this machine does each stage.</summary>
internal static class BenchVerb
{
    private const int Rounds = 3;

    private sealed record Result(IReadOnlyList<Measured> Benchmarks);

    /// <summary>What a benchmark may use.</summary>
    private sealed record Bench(Digits Digits, string Folder, int Threads, RunContext Run);

    private const string Training = "train";
    private const string Explaining = "grad-cam";
    private const int Explained = 1000;

    // Each prepares, and returns the work that is measured; training measures itself.
    private static readonly IReadOnlyList<(string Name, Func<Bench, Action> Prepare)> All =
    [
        ("paint-z", bench => () => Paint(bench, "rg_95z")),
        ("paint-e", bench => () => Paint(bench, "rg_95e")),
        ("build-e", bench => () => Write(bench)),
        ("npz-read", PrepareReading),
        (Training, _ => () => { }),
        (Explaining, PrepareExplaining),
    ];

    public static Verb Create(Host host)
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = $"Which stages (default: all): {string.Join(", ", All.Select(known => known.Name))}.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var limit = Common.Limit();
        var verb = new Verb("bench", "Measures how fast this machine paints, writes, reads, trains and explains.",
            $"""
            Works on the 60,000 training digits and gives the best of {Rounds} rounds. build-e paints and writes the npz; npz-read reads it.
            train gives images a second of cnn3 in batches of 256, in float32, in bfloat16 and written plainly (planes of colour, ReLU before
            pooling), the operations a second that it reaches beside those of a large matrix product, and the share of a step that goes into data.
            grad-cam explains one logit of 1,000 images.

            Examples:
              pentimento bench
              pentimento bench train
              pentimento bench paint-e build-e --threads 2 --json
            """) { names, limit };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var chosen = Chosen(parsed.GetValue(names)!);
            return session.Answer(
                torch: chosen.Any(known => known.Name is Training or Explaining),
                run => Measure(chosen, parsed.GetValue(limit), session.Threads, run),
                Print);
        });
        return verb;
    }

    private static List<(string Name, Func<Bench, Action> Prepare)> Chosen(string[] names)
    {
        foreach (var name in names)
            Require.That(
                All.Any(known => known.Name == name),
                $"There is no benchmark '{name}'; {Names.Suggest(name, All.Select(known => known.Name))}");
        return [.. All.Where(known => names.Length == 0 || names.Contains(known.Name))];
    }

    private static Result Measure(List<(string Name, Func<Bench, Action> Prepare)> chosen, int limit, int threads, RunContext run)
    {
        var digits = Digits.Mnist(Split.Train);
        if (limit > 0 && limit < digits.Count) digits = digits.Part(0, limit);
        var folder = Directory.CreateTempSubdirectory("pentimento-bench-").FullName;
        try
        {
            // The benchmarks' own progress would be told while they are timed.
            var bench = new Bench(digits, folder, threads, run with { Progress = new Silence() });
            return new([.. chosen.SelectMany(benchmark => Measure(benchmark, bench, run))]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IReadOnlyList<Measured> Measure((string Name, Func<Bench, Action> Prepare) benchmark, Bench bench, RunContext run) =>
        benchmark.Name == Training
            ? new TrainBench(
                PainterOf("rg_95z")
                    .Paint(bench.Digits.Part(0, Math.Min(bench.Digits.Count, TrainBench.Images)), Split.Train, 0, bench.Threads, bench.Run),
                run
            ).Measure()
            :
            [
                new(
                    benchmark.Name,
                    (benchmark.Name == Explaining ? Math.Min(bench.Digits.Count, Explained) : bench.Digits.Count)
                        / BestSeconds(benchmark.Name, benchmark.Prepare(bench), run),
                    "images/s"),
            ];

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

    private static void Paint(Bench bench, string name) => PainterOf(name).Paint(bench.Digits, Split.Train, 0, bench.Threads, bench.Run);

    private static string Write(Bench bench)
    {
        var file = Path.Combine(bench.Folder, "train_data.npz");
        Npz.WritePieces(file, PainterOf("rg_95e").Arrays(bench.Digits, Split.Train, 0, bench.Run), CompressionLevel.Fastest, bench.Threads);
        return file;
    }

    private static Action PrepareReading(Bench bench)
    {
        var file = Write(bench);
        return () => ImageSetFile.Read(file, "bench");
    }

    private static Action PrepareExplaining(Bench bench)
    {
        var set = PainterOf("rg_95z").Paint(bench.Digits.Part(0, Math.Min(bench.Digits.Count, Explained)), Split.Train, 0, bench.Threads, bench.Run);
        var (network, targets) = (new Cnn3().Build(set.Shape, 10, bench.Run.Seed), new long[set.Count]);
        var layer = network.LastRelu;
        return () =>
        {
            using var maps = new GradCam().ExplainSet(network, set, targets, layer, bench.Run);
        };
    }

    private static void Print(Result result, TextWriter output) =>
        Tables.Write(output, ["benchmark", "speed", "unit"], result.Benchmarks.Select(measured => (IReadOnlyList<string>)
        [
            measured.Name, measured.Value.ToString(measured.Value < 100 ? "N2" : "N0", CultureInfo.InvariantCulture), measured.Unit,
        ]));

    private sealed class Silence : IProgress<Progress>
    {
        public void Report(Progress value)
        {
        }
    }
}

/// <summary>One number of a benchmark.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The best round's.</param>
/// <param name="Unit">In what.</param>
internal sealed record Measured(string Name, double Value, string Unit);
