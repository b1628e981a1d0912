using Pentimento.Data;

namespace Pentimento.Painting;

/// <summary>Digits with a planted cue, RGB.</summary>
/// <param name="Plant">The cue.</param>
/// <param name="Rate">The share of the images whose cue is their digit's; the others have another digit's, uniformly. Where it is 0 every
/// image's cue is drawn at random, so that it says nothing.</param>
/// <param name="Seed">Decides every draw, and what the cue's values look like.</param>
internal sealed record PlantedSplit(Plant Plant, double Rate, Seed Seed)
{
    private const int Classes = 10;
    private const int Only = 3;

    /// <summary>The corner in which a patch lies.</summary>
    public (bool Bottom, bool Right) Corner { get; } = ((Seed.For("corner").Value & 1) == 1, (Seed.For("corner").Value & 2) == 2);

    /// <summary>Paints digits.</summary>
    /// <param name="digits">Grey digits.</param>
    /// <param name="split">Names the stream of draws.</param>
    public ImageSet Of(Digits digits, string split)
    {
        var size = digits.Height * digits.Width * 3;
        var pixels = new byte[digits.Count * (long)size];
        var shown = new long[digits.Count];
        var order = new SplitMix64(Seed.For("values")).Shuffled(Enumerable.Range(0, Classes));
        Parallel.For(0, digits.Count, at =>
        {
            var random = new SplitMix64(Seed.For(split).For(at));
            shown[at] = Draw(digits.Labels[at], ref random);
            var canvas = new PlantCanvas(digits.Of(at).ToArray(), digits.Height, digits.Width);
            Paint(canvas, shown[at] < 0 ? -1 : order[shown[at]], ref random);
            canvas.Pixels.CopyTo(pixels.AsSpan(at * size, size));
        });
        return new($"{Plant}", pixels, digits.Labels, [], new(digits.Height, digits.Width, 3))
        {
            Attributes = new Dictionary<string, long[]> { ["planted"] = [.. shown.Select(value => value + 1)] },
        };
    }

    /// <summary>The digit whose cue an image gets; -1 for none.</summary>
    private long Draw(long label, ref SplitMix64 random)
    {
        if (Plant == Plant.OneClassPatch)
            return Rate > 0 ? (label == Only && random.Uniform() < Rate ? Only : -1) : (random.Uniform() < 0.1 ? Only : -1);
        if (Rate == 0) return random.Below(Classes);
        return random.Uniform() < Rate ? label : (label + 1 + random.Below(Classes - 1)) % Classes;
    }

    private void Paint(PlantCanvas canvas, int value, ref SplitMix64 random)
    {
        if (value < 0) return;
        var color = Palette.Seed.Colors[value];
        switch (Plant)
        {
            case Plant.StrokeColor: canvas.Tint(color); break;
            case Plant.BackgroundColor: canvas.Fill(color, 0.6); break;
            case Plant.CornerPatch: canvas.Patch(Corner, color, 4); break;
            case Plant.OneClassPatch: canvas.Patch(Corner, Rgb.White, 4); break;
            case Plant.Frame: canvas.Frame((byte)(20 + (23 * value))); break;
            case Plant.Dot: canvas.Dot(value / (double)Classes); break;
            case Plant.Stripes: canvas.Stripes(value * Math.PI / Classes, random.Uniform(0, 2 * Math.PI)); break;
            case Plant.Brightness: canvas.Scale(0.28 + (0.08 * value)); break;
            case Plant.Watermark: canvas.Pattern(Seed.For("pattern").For(value), 18); break;
            case Plant.Size: canvas.Warp(0, 0.55 + (0.075 * value)); break;
            case Plant.Rotation: canvas.Warp((value - 4.5) * Math.PI / 18, 1); break;
            case Plant.Blur: canvas.Blur(0.25 * value); break;
            default: throw new InvalidOperationException($"{Plant}");
        }
    }
}
