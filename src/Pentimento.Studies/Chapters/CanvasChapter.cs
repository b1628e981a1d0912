using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Painting;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Pictures;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Chapters;

/// <summary>The study's first chapter: checks that the ten painted datasets have the colours, noise and strokes that their names state.</summary>
internal static class CanvasChapter
{
    // Strokes and digits leave most of an image black, noise hardly any of it.
    private const double Noisy = 0.6;

    // What a percentage may be off: strokes that hide in a digit, and noise that leaves an image black, are a point.
    private const double Off = 0.02;

    private const int Side = 28;

    public static void Write(StudyContext context, ChapterWriter writer)
    {
        var sets = context.Recipe.Datasets.Select(name => (Canvas: Canvas.Parse(name), Set: context.Test(name))).ToList();
        var noise = sets.ToDictionary(entry => entry.Set.Name, entry => NoisyShare(entry.Set));
        var usual = sets.ToDictionary(entry => entry.Set.Name, entry => new Share(entry.Canvas.CountBiasAligned(entry.Set), entry.Set.Count));
        writer.Say(
            "The same digits stand behind every set, so sets of equal tier differ in colour alone. A name gives the colours, how often a digit "
                + "has its own, and the tier of noise and strokes."
        );
        writer.Draw(
            Samples([.. sets.Select(entry => entry.Set)]),
            "The same ten digits of every set. Across a row the colour goes with the digit; down a column the digit stays and the paint changes.");
        writer.List(
            "datasets",
            "What was painted, and whether it is what the name says (test images; 95% Wilson intervals).",
            ["set", "training images", "test images", "have the usual colour", "noisy"],
            sets.Select(entry =>
                (IReadOnlyList<string>)
                    [
                        entry.Set.Name,
                        Numbers.Whole(Trained(context, entry.Canvas)),
                        Numbers.Whole(entry.Set.Count),
                        Described(usual[entry.Set.Name]),
                        Described(noise[entry.Set.Name]),
                    ]));

        Claims(context, writer, sets, usual, noise);
    }

    private static void Claims(
        StudyContext context, ChapterWriter writer, List<(Canvas Canvas, ImageSet Set)> sets, Dictionary<string, Share> usual,
        Dictionary<string, Share> noise)
    {
        var biased = sets.Where(entry => entry.Canvas.Mode is Mode.Rg or Mode.Gr).ToList();
        Painted(
            writer, "Each digit has its dominant colour with the percentage of the name, rg_95z in 95% of the images.", "datasets",
            [.. biased.Select(entry => (entry.Set.Name, usual[entry.Set.Name], entry.Canvas.Bias))]);
        var grey = sets.Where(entry => entry.Canvas.Mode == Mode.Bw).ToList();
        Painted(
            writer, "BW is white digits on black: all of them in bw_100z, 95% in bw_95z.", "datasets",
            [.. grey.Select(entry => (entry.Set.Name, usual[entry.Set.Name], entry.Canvas.Bias))]);
        Painted(
            writer, "The tiers e, m, h and vh add noise to 70, 75, 80 and 85% of the images, z to none.", "datasets",
            [
                .. sets.Where(entry => entry.Canvas.Mode == Mode.Gr)
                    .Select(entry => (entry.Set.Name, noise[entry.Set.Name], entry.Canvas.Tier.NoiseProbability)),
            ]);
        // Noise hides strokes: they are counted where there is none, beside the same digits without either.
        var bare = context.Test(context.Recipe.Reversed);
        var clean = sets.Where(entry => entry.Canvas.Mode == Mode.Gr)
            .Select(entry => (entry.Set.Name, Strokes: StrokeShare(entry.Set, bare), entry.Canvas.Tier.StrokeProbability)).ToList();
        Painted(
            writer, "The tiers e, m, h and vh draw strokes over 50, 55, 60 and 65% of the images, z over none.", "datasets",
            [.. clean.Where(entry => entry.Strokes.Count > 0).Select(entry => (entry.Name, entry.Strokes, entry.StrokeProbability))]);
        var sizes = new[] { (Digits.Mnist(Split.Train), 60_000), (Digits.Mnist(Split.Test), 10_000) };
        writer.Claim(
            "MNIST consists of 60,000 training and 10,000 test images of 28x28 pixels.",
            $"{Numbers.Whole(sizes[0].Item1.Count)} and {Numbers.Whole(sizes[1].Item1.Count)} images of "
                + $"{sizes[0].Item1.Height}x{sizes[0].Item1.Width}, checked against their published checksums.",
            "all images",
            Estimate.Exact(sizes.Count(part => part.Item1.Count != part.Item2 || part.Item1.Height != Side || part.Item1.Width != Side)),
            Bound.Below(1), "datasets");
    }

    /// <summary>Judges percentages by the set that is farthest from its own.</summary>
    private static void Painted(ChapterWriter writer, string said, string figure, List<(string Name, Share Share, double Promised)> sets)
    {
        if (sets.Count == 0)
        {
            writer.Unmeasured(said, "None of these sets is among those that the study paints.", figure);
            return;
        }

        var farthest = sets.MaxBy(set => Math.Abs(set.Share.Value - set.Promised));
        writer.Claim(
            said,
            $"{string.Join(", ", sets.Select(set => $"{set.Name} {Numbers.Percent(set.Share.Value)}"))}; {farthest.Name} is farthest from its name.",
            $"{Numbers.Whole(farthest.Share.Count)} test images a set",
            Estimate.Share(farthest.Share.Hits, farthest.Share.Count, 0) with { Value = farthest.Share.Value },
            Bound.Within(Off, farthest.Promised), figure);
    }

    /// <summary>Of the images without noise, those that are painted where the digit is not.</summary>
    private static Share StrokeShare(ImageSet set, ImageSet bare)
    {
        var pixels = set.Shape.Height * set.Shape.Width;
        int[] clean =
            [.. Enumerable.Range(0, set.Count).Where(at => ForegroundPixels(set.PixelsOf(at), set.Shape.Channels) <= Noisy * pixels)];
        return new(clean.LongCount(at => IsPaintedBeside(set.PixelsOf(at), bare.PixelsOf(at), set.Shape.Channels)), clean.Length);
    }

    private static bool IsPaintedBeside(ReadOnlySpan<byte> image, ReadOnlySpan<byte> bare, int channels)
    {
        for (var start = 0; start < image.Length; start += channels)
        {
            if (image.Slice(start, channels).ContainsAnyExcept((byte)0) && !bare.Slice(start, channels).ContainsAnyExcept((byte)0)) return true;
        }

        return false;
    }

    private static PictureTable Samples(IReadOnlyList<ImageSet> sets)
    {
        var places = sets[0].FirstOfEachClass();
        return new(
            "datasets-samples",
            $"The same {places.Length} digits of {string.Join(", ", sets.Select(set => set.Name))}.",
            [
                .. sets.Select(set => new PictureRow(
                    DatasetDescription.Title(set.Name).Replace(" (", "\n("),
                    [.. places.Select(place => new Tile(Picture.Of(set, place), $"a {set.Labels[place]} of {set.Name}", ""))])),
            ]);
    }

    private static Share NoisyShare(ImageSet set)
    {
        var pixels = set.Shape.Height * set.Shape.Width;
        return new(Enumerable.Range(0, set.Count).LongCount(at =>
            ForegroundPixels(set.PixelsOf(at), set.Shape.Channels) > Noisy * pixels), set.Count);
    }

    private static int ForegroundPixels(ReadOnlySpan<byte> image, int channels)
    {
        var lit = 0;
        for (var start = 0; start < image.Length; start += channels)
        {
            if (image.Slice(start, channels).ContainsAnyExcept((byte)0)) lit++;
        }

        return lit;
    }

    private static int Trained(StudyContext context, Canvas canvas)
    {
        var count = DatasetFolder.Count(context.Library.Painted(new(canvas, PaintSettings.Usual), context.Run), Split.Train);
        return context.Recipe.Limit > 0 ? Math.Min(context.Recipe.Limit, count) : count;
    }

    private static string Described(Share share) => $"{Numbers.Percent(share.Value)} ({Numbers.Interval(share)})";
}
