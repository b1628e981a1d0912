using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Painting;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Pictures;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Chapters;

/// <summary>The ten datasets: are they what their names say?</summary>
internal static class CanvasChapter
{
    // Strokes and digits leave most of an image black, noise hardly any of it.
    private const double Noisy = 0.6;

    public static void Write(StudyContext desk, ChapterWriter pen)
    {
        var sets = desk.Recipe.Datasets.Select(name => (Canvas: Canvas.Parse(name), Set: desk.Test(name))).ToList();
        var noise = sets.ToDictionary(entry => entry.Set.Name, entry => NoisyShare(entry.Set));
        var usual = sets.ToDictionary(entry => entry.Set.Name, entry => new Share(entry.Canvas.CountBiasAligned(entry.Set), entry.Set.Count));
        pen.Say(
            "The same digits stand behind every set, so sets of equal tier differ in colour alone. A name gives the colours, how often a digit "
                + "wears its own, and the tier of noise and strokes."
        );
        pen.Draw(
            Samples([.. sets.Select(entry => entry.Set)]),
            "The same ten digits of every set. Across a row the colour goes with the digit; down a column the digit stays and the paint changes.");
        pen.List(
            "datasets",
            "What was painted, and whether it is what the name says (test images; 95% Wilson intervals).",
            ["set", "training images", "test images", "wear the usual colour", "noisy"],
            sets.Select(entry =>
                (IReadOnlyList<string>)
                    [
                        entry.Set.Name,
                        Numbers.Whole(Trained(desk, entry.Canvas)),
                        Numbers.Whole(entry.Set.Count),
                        Described(usual[entry.Set.Name]),
                        Described(noise[entry.Set.Name]),
                    ]));

        var biased = sets.Where(entry => entry.Canvas.Mode is Mode.Rg or Mode.Gr).ToList();
        var kept = biased.Count(entry => Within(usual[entry.Set.Name], entry.Canvas.Bias));
        pen.Claim(
            "Each digit wears its dominant colour with the percentage of the name, rg_95z in 95% of the images.",
            $"{kept} of {biased.Count} sets hold their percentage within the interval: "
                + $"{string.Join(", ", biased.Select(entry => $"{entry.Set.Name} {Numbers.Percent(usual[entry.Set.Name].Value)}"))}.",
            Images(sets[0].Set), Rulings.Of(kept, biased.Count), "datasets");
        var tiers = sets.Where(entry => entry.Canvas.Mode == Mode.Gr).ToList();
        var noisy = tiers.Count(entry => Within(noise[entry.Set.Name], entry.Canvas.Tier.NoiseProbability));
        pen.Claim(
            "The tiers e, m, h and vh add noise to 70, 75, 80 and 85% of the images, z to none.",
            $"{string.Join(", ", tiers.Select(entry => $"{entry.Set.Name} {Numbers.Percent(noise[entry.Set.Name].Value)}"))}.",
            Images(sets[0].Set),
            Rulings.Of(noisy, tiers.Count),
            "datasets");
        pen.Claim(
            "MNIST consists of 60,000 training and 10,000 test images of 28x28 pixels.",
            $"{Numbers.Whole(Digits.Mnist(Split.Train).Count)} and {Numbers.Whole(Digits.Mnist(Split.Test).Count)} images of "
                + $"{sets[0].Set.Shape.Height}x{sets[0].Set.Shape.Width}, checked against their published checksums.",
            "all images", Ruling.Holds, "datasets");
    }

    private static PictureTable Samples(IReadOnlyList<ImageSet> sets)
    {
        var places = sets[0].FirstOfEachClass();
        return new(
            "datasets-samples",
            $"The same {places.Length} digits of {string.Join(", ", sets.Select(set => set.Name))}.",
            [
                .. sets.Select(set => new PictureRow(
                    CanvasMeaning.Title(set.Name).Replace(" (", "\n("),
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

    private static int Trained(StudyContext desk, Canvas canvas)
    {
        var count = DatasetFolder.Count(desk.Library.Painted(canvas, desk.Run), Split.Train);
        return desk.Recipe.Limit > 0 ? Math.Min(desk.Recipe.Limit, count) : count;
    }

    // The ends of an interval are computed: that of no hit at all may lie a hair beside 0.
    private static bool Within(Share share, double promised) => share.Low - 1e-9 <= promised && promised <= share.High + 1e-9;

    private static string Described(Share share) => $"{Numbers.Percent(share.Value)} ({Numbers.Interval(share)})";

    private static string Images(ImageSet set) => $"{Numbers.Whole(set.Count)} test images a set";
}
