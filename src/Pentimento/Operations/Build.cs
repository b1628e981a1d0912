using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.IO.Compression;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting;
using Pentimento.Painting.Objects;
using Pentimento.Painting.Presets;

namespace Pentimento.Operations;

/// <summary>Paints datasets: the same digits in other colours, with noise and strokes, or the same objects on other grounds.</summary>
/// <remarks>Each dataset becomes a folder of its own; each image is a function of seed, split and index alone.</remarks>
/// <example>
/// pentimento build rg_95z gr_95z --out data
/// pentimento build GR_99.5h --seed 7 --limit 1000
/// pentimento build --all --out data
/// pentimento build rg_95z --source fashion-mnist --out fashion
/// pentimento build --preset arjovsky --preset rebias:rho=0.99 --out data
/// pentimento build objects_95 objects_rev95 objects_50 --out data
/// pentimento build --preset vendors:held-out=noto --out data
/// </example>
internal sealed record Build : Operation<BuildResult>
{
    private static readonly string[] SeedSets =
        ["bw_95z", "bw_100z", "gr_95e", "gr_95h", "gr_95m", "gr_95vh", "gr_95z", "gr_100z", "rg_95z", "rg_100z"];

    /// <summary>Datasets: a mode (rg, gr, bw, un), a percentage and a tier (e, m, h, vh, z); or objects_PERCENT and objects_revPERCENT.</summary>
    [Argument, Called("name")]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>
    /// Paint the ten sets of the seed report: bw_95z, bw_100z, gr_95e, gr_95h, gr_95m, gr_95vh, gr_95z, gr_100z, rg_95z, rg_100z.
    /// </summary>
    public bool All { get; init; }

    /// <summary>A published benchmark, painted as its authors do (pentimento list presets); may be repeated.</summary>
    [Called("preset")]
    public IReadOnlyList<Preset> Presets { get; init; } = [];

    /// <summary>Grey images to paint on: a folder of IDX files or an npz; by default the embedded MNIST.</summary>
    [Input("PLACE", IsPrefix = true)]
    public string? Source { get; init; }

    /// <summary>Where the colour lies: on the digit's stroke, in the background, or both, each with its own.</summary>
    public ColorPlacement Cue { get; init; }

    /// <summary>Ten colours by name, in the digits' order, as YAML; by default the seed report's.</summary>
    [Input("F.yaml")]
    public string? Palette { get; init; }

    /// <summary>The folder in which each dataset gets one of its own.</summary>
    [Output("FOLDER")]
    public string Out { get; init; } = ".";

    /// <summary>Take the first N images of each set, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int Limit { get; init; }

    /// <summary>Write the arrays unpacked: larger files, read faster.</summary>
    public bool Store { get; init; }

    internal override bool NeedsTorch => false;

    internal override void Check()
    {
        if (Names.Count == 0 && !All && Presets.Count == 0)
            throw new WrongUsageException("Say what to build: a NAME such as rg_95z, --all, or --preset SPEC.");
        if (Presets.DistinctBy(preset => preset.Name).Count() < Presets.Count)
            throw new WrongUsageException("--preset: two of one name would share a folder; build them one by one, each with its own --out.");
        if (Names.Any(ObjectCanvas.MatchesGrammar) && ((Source ?? Palette) is not null || Cue != ColorPlacement.Stroke))
            throw new WrongUsageException("--source, --palette and --cue are about digits; sets of objects have pictures and grounds of their own.");
    }

    /// <inheritdoc/>
    internal override BuildResult Run(RunContext run)
    {
        // Every name is read before the first is painted.
        var objects = Names.Where(ObjectCanvas.MatchesGrammar).Select(ObjectCanvas.Parse).ToList();
        var canvases = (All ? SeedSets : []).Concat(Names.Where(name => !ObjectCanvas.MatchesGrammar(name))).Select(Canvas.Parse).ToList();
        var colors = Palette is null ? Painting.Palette.Seed : PaletteFile.Read(Palette);
        var digits = DigitSource.Open(Source);
        var painted = canvases.Select(canvas => Paint(new Painter(canvas, colors, run.Seed, Cue), digits, run)).ToList();
        var published = Presets.Select(preset => Paint(preset, digits, run)).ToList();
        painted.AddRange(objects.Select(canvas => Paint(canvas, run)));
        return new([.. painted, .. published.Select(built => built.Dataset)], [.. published.SelectMany(built => built.Sets)]);
    }

    private BuiltDataset Paint(Painter painter, Func<Split, Digits> digits, RunContext run)
    {
        var watch = Stopwatch.StartNew();
        // Sets that differ in their cue alone must not replace each other.
        var name = painter.Cue == ColorPlacement.Stroke ? painter.Canvas.ToString() : $"{painter.Canvas}-{painter.Cue.ToString().ToLowerInvariant()}";
        var level = Store ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
        var (train, test) = DatasetFolder.Build(Place(name), painter, digits, Limit, run.Threads, run, level);
        return new(name, Place(name), train, test, watch.Elapsed.TotalSeconds);
    }

    private BuiltDataset Paint(ObjectCanvas canvas, RunContext run)
    {
        var watch = Stopwatch.StartNew();
        var place = Place(canvas.ToString());
        var painter = new ObjectPainter(ObjectAtlas.Read(), canvas, run.Seed);
        var (train, test) = ObjectFolder.Build(place, painter, Limit, run, Store ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
        return new(canvas.ToString(), place, train, test, watch.Elapsed.TotalSeconds);
    }

    private (BuiltDataset Dataset, IReadOnlyList<BuiltSet> Sets) Paint(Preset preset, Func<Split, Digits> digits, RunContext run)
    {
        var watch = Stopwatch.StartNew();
        var place = Place(preset.Name);
        var entries = PresetFolder.Build(place, preset, digits, Limit, run.Seed, run);
        var sets = entries.Select(entry => new BuiltSet(preset.Name, entry.Name, Path.Combine(place, entry.File), entry.Split, entry.Count));
        return (new(preset.Name, place, Count(Split.Train), Count(Split.Test), watch.Elapsed.TotalSeconds), [.. sets]);

        int Count(Split split) => entries.Where(entry => entry.Split == split).Sum(entry => entry.Count);
    }

    private string Place(string name) => Path.GetFullPath(Path.Combine(Out, name));
}

/// <summary>What was painted.</summary>
/// <param name="Datasets">The folders, one a dataset.</param>
/// <param name="Sets">The sets of published benchmarks, one a file.</param>
internal sealed record BuildResult(IReadOnlyList<BuiltDataset> Datasets, IReadOnlyList<BuiltSet> Sets);

/// <summary>A dataset that was painted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Train">The number of training images.</param>
/// <param name="Test">The number of test images.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record BuiltDataset(string Name, string Folder, int Train, int Test, double Seconds);

/// <summary>One set of a published benchmark.</summary>
/// <param name="Dataset">The benchmark.</param>
/// <param name="Name">The set's name in it.</param>
/// <param name="File">Its npz.</param>
/// <param name="Split">Whether it is for training or for testing.</param>
/// <param name="Count">The number of images.</param>
internal sealed record BuiltSet(string Dataset, string Name, string File, Split Split, int Count);
