using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Pentimento.Cli.Terminal;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting;
using Pentimento.Painting.Presets;

namespace Pentimento.Cli.Verbs;

/// <summary><c>build [NAME...] [--preset SPEC]</c>: paints datasets into folders.</summary>
internal static class BuildVerb
{
    private static readonly string[] SeedSets =
    [
        "bw_95z",
        "bw_100z",
        "gr_95e",
        "gr_95h",
        "gr_95m",
        "gr_95vh",
        "gr_95z",
        "gr_100z",
        "rg_95z",
        "rg_100z",
    ];

    private sealed record Built(string Name, string Folder, int Train, int Test, double Seconds);

    private sealed record Set(string Dataset, string Name, string File, string Split, int Count);

    private sealed record Result(IReadOnlyList<Built> Datasets, IReadOnlyList<Set> Sets);

    public static Verb Create(Host host)
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = "Datasets: a mode (rg, gr, bw, un), a percentage and a tier (e, m, h, vh, z).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var presets = new Option<string[]>("--preset")
        {
            Description = "A published benchmark, painted as its authors do (pentimento list presets); may be repeated.",
            HelpName = "SPEC",
        };
        var folder = new Option<string>("--out")
        {
            Description = "The folder in which each dataset gets one of its own.",
            DefaultValueFactory = _ => ".",
            HelpName = "FOLDER",
        };
        var all = new Option<bool>("--all") { Description = $"Paint the ten sets of the seed report: {string.Join(", ", SeedSets)}." };
        var source = new Option<string?>("--source")
        {
            Description = "Grey images to paint on: a folder of IDX files or an npz (default: the embedded MNIST).",
            HelpName = "PLACE",
        };
        var cue = new Option<Cue>("--cue")
        {
            Description = "Where the colour lies: on the digit's stroke, in the background, or both, each with its own.",
            HelpName = "stroke|background|both",
        }.OneOf();
        var palette = new Option<string?>("--palette")
        {
            Description = "Ten colours by name, in the digits' order, as YAML (default: the seed report's).",
            HelpName = "F.yaml",
        };
        var limit = Common.Limit();
        var store = new Option<bool>("--store") { Description = "Write the arrays unpacked: larger files, read faster." };
        var verb = new Verb("build", "Paints datasets: the same digits in other colours, with noise and strokes.",
            """
            Examples:
              pentimento build rg_95z gr_95z --out data
              pentimento build GR_99.5h --seed 7 --limit 1000
              pentimento build --all --out data
              pentimento build rg_95z --source fashion-mnist --out fashion
              pentimento build --preset arjovsky --preset rebias:rho=0.99 --out data
            """) { names, all, presets, source, cue, palette, folder, limit, store };
        verb.Validators.Add(result =>
        {
            var wanted = result.GetValue(presets)?.Select(spec => spec.Split(':')[0].Trim()).ToList() ?? [];
            if (wanted.Count == 0 && !result.GetValue(all) && result.GetValue(names) is null or [])
                result.AddError("Say what to build: a NAME such as rg_95z, --all, or --preset SPEC.");
            if (wanted.Distinct(StringComparer.OrdinalIgnoreCase).Count() < wanted.Count)
                result.AddError("--preset: two of one name would share a folder; build them one by one, each with its own --out.");
        });
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            // Every name is read before the first is painted.
            var canvases = (parsed.GetValue(all) ? SeedSets : []).Concat(parsed.GetValue(names)!).Select(Canvas.Parse).ToList();
            var benchmarks = parsed.GetValue(presets)!.Select(Catalog.Read<Preset>).ToList();
            var colors = parsed.GetValue(palette) is { } custom ? PaletteFile.Read(custom) : Palette.Seed;
            var digits = DigitSource.Open(parsed.GetValue(source));
            var level = parsed.GetValue(store) ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
            string Place(string name) => Path.GetFullPath(Path.Combine(parsed.GetValue(folder)!, name));
            return session.Answer(
                torch: false,
                run =>
                {
                    var painted = canvases
                        .Select(canvas =>
                            Paint(
                                new(canvas, colors, run.Seed, parsed.GetValue(cue)),
                                Place,
                                digits,
                                parsed.GetValue(limit),
                                session.Threads,
                                level,
                                run))
                        .ToList();
                    var published = benchmarks.Select(preset => Paint(preset, Place(preset.Name), digits, parsed.GetValue(limit), run)).ToList();
                    return new Result([.. painted, .. published.Select(built => built.Dataset)], [.. published.SelectMany(built => built.Sets)]);
                },
                Print);
        });
        return verb;
    }

    private static Built Paint(
        Painter painter,
        Func<string, string> placeOf,
        Func<Split, Digits> digits,
        int limit,
        int threads,
        CompressionLevel level,
        RunContext run)
    {
        var watch = Stopwatch.StartNew();
        // Sets that differ in their cue alone must not replace each other.
        var name = painter.Cue == Cue.Stroke ? painter.Canvas.ToString() : $"{painter.Canvas}-{painter.Cue.ToString().ToLowerInvariant()}";
        var place = placeOf(name);
        var (train, test) = DatasetFolder.Build(place, painter, digits, limit, threads, run, level);
        return new(name, place, train, test, watch.Elapsed.TotalSeconds);
    }

    private static (Built Dataset, IReadOnlyList<Set> Sets) Paint(Preset preset, string place, Func<Split, Digits> digits, int limit, RunContext run)
    {
        var watch = Stopwatch.StartNew();
        var entries = PresetFolder.Build(place, preset, digits, limit, run.Seed, run);
        int Count(Split split) => entries.Where(entry => entry.Split == split).Sum(entry => entry.Count);
        var sets = entries.Select(entry => new Set(
            preset.Name,
            entry.Name,
            Path.Combine(place, entry.File),
            entry.Split.ToString().ToLowerInvariant(),
            entry.Count));
        return (new(preset.Name, place, Count(Split.Train), Count(Split.Test), watch.Elapsed.TotalSeconds), [.. sets]);
    }

    private static void Print(Result result, TextWriter output)
    {
        Tables.Write(output, ["dataset", "train", "test", "seconds", "folder"], result.Datasets.Select(built => (IReadOnlyList<string>)
        [
            built.Name, $"{built.Train:N0}", $"{built.Test:N0}", built.Seconds.ToString("0.0", CultureInfo.InvariantCulture), built.Folder,
        ]));
        if (result.Sets.Count == 0) return;
        output.WriteLine();
        Tables.Write(
            output,
            ["set", "split", "images", "file"],
            result.Sets.Select(set => (IReadOnlyList<string>)[$"{set.Dataset}/{set.Name}", set.Split, $"{set.Count:N0}", set.File]));
    }
}
