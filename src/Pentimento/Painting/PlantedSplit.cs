using Pentimento.Data;

namespace Pentimento.Painting;

/// <summary>Pictures with a planted cue, RGB.</summary>
/// <param name="Plant">The cue.</param>
/// <param name="Rate">The share of the images whose cue is their class's; the others have another class's, uniformly. Where it is 0 every
/// image's cue is drawn at random, so that it says nothing.</param>
/// <param name="Seed">Decides every draw, and what the cue's values look like.</param>
internal sealed record PlantedSplit(PlantedCue Plant, double Rate, Seed Seed)
{
    // What a cue can look like; where there are fewer classes they share them out.
    private const int Looks = 10;
    private const double SomeImages = 0.1;

    /// <summary>The corner in which a patch lies.</summary>
    public (bool Bottom, bool Right) Corner { get; } = ((Seed.For("corner").Value & 1) == 1, (Seed.For("corner").Value & 2) == 2);

    /// <summary>Whether a cue can be planted on pictures: what is scaled, turned or moved leaves its ground behind, which must be black.</summary>
    public static bool Fits(PlantedCue plant, ImageShape shape) =>
        shape.Channels == 1 || plant is not (PlantedCue.Size or PlantedCue.Rotation or PlantedCue.Place);

    /// <summary>Paints pictures.</summary>
    /// <param name="pictures">Grey or RGB, of at most ten classes.</param>
    /// <param name="split">Names the stream of draws.</param>
    /// <param name="run">Number of threads, on which the bytes do not depend, and cancellation.</param>
    public ImageSet Of(ImageSet pictures, string split, RunContext run)
    {
        var classes = (int)pictures.Labels.Max() + 1;
        Require.That(classes is > 1 and <= Looks, $"Cues are planted on pictures of 2 to {Looks} classes; {pictures.Name} has {classes}.");
        var shape = pictures.Shape with { Channels = 3 };
        var pixels = new byte[pictures.Count * (long)shape.Size];
        var shown = new long[pictures.Count];
        var order = new SplitMix64(Seed.For("values")).Shuffled(Enumerable.Range(0, classes));
        ParallelLoop.For(pictures.Count, run.Threads, at =>
        {
            var random = new SplitMix64(Seed.For(split).For(at));
            shown[at] = Draw(pictures.Labels[at], classes, ref random);
            var canvas = new PlantedImage(pictures.PixelsOf(at), pictures.Shape);
            Paint(canvas, shown[at] < 0 ? -1 : order[shown[at]] * (Looks - 1) / (classes - 1), shape.Height, ref random);
            canvas.Pixels.CopyTo(pixels.AsSpan(at * shape.Size, shape.Size));
        }, run.Cancel);
        return new($"{Plant}", pixels, pictures.Labels, [], shape)
        {
            Attributes = new Dictionary<string, long[]> { ["planted"] = [.. shown.Select(value => value + 1)] },
        };
    }

    /// <summary>Whether the cue of each painted picture says another class than its label.</summary>
    public bool[] Misleading(ImageSet painted)
    {
        var only = OnlyOf((int)painted.Labels.Max() + 1);
        return
        [
            .. painted.Attributes["planted"].Zip(
                painted.Labels,
                (shown, label) => IsOfOneClass ? (shown > 0) != (label == only) : shown != label + 1),
        ];
    }

    private bool IsOfOneClass => Plant is PlantedCue.OneClassPatch or PlantedCue.OneClassCamera;

    // The class that has what one class has.
    private static int OnlyOf(int classes) => classes / 3;

    /// <summary>The class whose cue an image gets; -1 for none.</summary>
    private long Draw(long label, int classes, ref SplitMix64 random)
    {
        if (IsOfOneClass)
        {
            var only = OnlyOf(classes);
            return Rate > 0 ? (label == only && random.Uniform() < Rate ? only : -1) : (random.Uniform() < SomeImages ? only : -1);
        }

        if (Rate == 0) return random.Below(classes);
        return random.Uniform() < Rate ? label : (label + 1 + random.Below(classes - 1)) % classes;
    }

    private void Paint(PlantedImage canvas, int value, int height, ref SplitMix64 random)
    {
        if (value < 0) return;
        var color = Palette.Seed.Colors[value];
        // A patch covers the same part of every picture.
        var side = Math.Max(2, height / 7);
        switch (Plant)
        {
            case PlantedCue.StrokeColor: canvas.Tint(color); break;
            case PlantedCue.BackgroundColor: canvas.Fill(color, 0.6); break;
            case PlantedCue.CornerPatch: canvas.Patch(Corner, color, side); break;
            case PlantedCue.OneClassPatch: canvas.Patch(Corner, Rgb.White, side); break;
            case PlantedCue.OneClassCamera: canvas.Retake(ref random); break;
            case PlantedCue.Frame: canvas.Frame((byte)(20 + (23 * value))); break;
            case PlantedCue.Dot: canvas.Dot(value / (double)Looks); break;
            case PlantedCue.Stripes: canvas.Stripes(value * Math.PI / Looks, random.Uniform(0, 2 * Math.PI)); break;
            case PlantedCue.Brightness: canvas.Scale(0.28 + (0.08 * value)); break;
            case PlantedCue.Watermark: canvas.Pattern(Seed.For("pattern").For(value), 18); break;
            case PlantedCue.Size: canvas.Warp(0, 0.55 + (0.075 * value)); break;
            case PlantedCue.Rotation: canvas.Warp((value - 4.5) * Math.PI / 18, 1); break;
            case PlantedCue.Blur: canvas.Blur(0.25 * value); break;
            case PlantedCue.JpegQuality: canvas.Jpeg(5 + (10 * value)); break;
            case PlantedCue.Place: canvas.Move(value / (double)Looks, height / 8.0); break;
            case PlantedCue.Noise: canvas.Roughen(4 * value, 4 * Looks, ref random); break;
            case PlantedCue.Contrast: canvas.Squeeze(0.28 + (0.08 * value)); break;
            case PlantedCue.Sticker: canvas.Stick(color, side, ref random); break;
            default: throw new InvalidOperationException($"{Plant}");
        }
    }
}
