using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Data.Painting;

namespace Pentimento.Cli.Verbs;

/// <summary><c>build NAME...</c>: paints datasets into folders.</summary>
internal static class BuildVerb
{
    private sealed record Built(string Name, string Folder, int Train, int Test, double Seconds);

    private sealed record Result(IReadOnlyList<Built> Datasets);

    public static Verb Create(Host host)
    {
        var names = new Argument<string[]>("NAME") { Description = "Datasets: a mode (rg, gr, bw, un), a percentage and a tier (e, m, h, vh, z).", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string>("--out") { Description = "The folder in which each dataset gets one of its own.", DefaultValueFactory = _ => ".", HelpName = "FOLDER" };
        var limit = Common.Limit();
        var store = new Option<bool>("--store") { Description = "Write the arrays unpacked: larger files, read faster." };
        var verb = new Verb("build", "Paints datasets: the same digits in other colours, with noise and strokes.",
            """
            Examples:
              pentimento build rg_95z gr_95z --out data
              pentimento build GR_99.5h --seed 7 --limit 1000
            """) { names, folder, limit, store };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            // Every name is read before the first is painted.
            var canvases = parsed.GetValue(names)!.Select(Canvas.Parse).ToList();
            var level = parsed.GetValue(store) ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
            return session.Answer(torch: false, run => new Result([.. canvases.Select(canvas =>
            {
                var watch = Stopwatch.StartNew();
                var place = Path.GetFullPath(Path.Combine(parsed.GetValue(folder)!, canvas.ToString()));
                var (train, test) = DatasetFolder.Build(place, new(canvas, Palette.Seed, run.Seed), Digits.Mnist, parsed.GetValue(limit), session.Threads, run, level);
                return new Built(canvas.ToString(), place, train, test, watch.Elapsed.TotalSeconds);
            })]), Print);
        });
        return verb;
    }

    private static void Print(Result result, TextWriter output) =>
        Tables.Write(output, ["dataset", "train", "test", "seconds", "folder"], result.Datasets.Select(built => (IReadOnlyList<string>)
        [
            built.Name, $"{built.Train:N0}", $"{built.Test:N0}", built.Seconds.ToString("0.0", CultureInfo.InvariantCulture), built.Folder,
        ]));
}
