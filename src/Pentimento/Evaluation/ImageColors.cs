using Pentimento.Data;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>The colours that images have: in others a network was perhaps never shown any.</summary>
internal static class ImageColors
{
    // Two colours are the same to the eye of this test where no channel differs by more: a fifth of the range.
    private const int Near = 48;

    // A colour that fewer images have is no colour of the set, but noise or a lone picture.
    private const double Rare = 0.002;
    private const int Most = 16;

    /// <summary>Which colours of a palette some images have, in the palette's order.</summary>
    /// <param name="set">RGB images.</param>
    /// <param name="palette">The colours.</param>
    /// <param name="ground">Whether the ground's colours are meant.</param>
    public static int[] Occurring(ImageSet set, Palette palette, bool ground)
    {
        using var scope = NewDisposeScope();
        var owned = Owners(ColorReplacement.OwnColors(set.Tensor(), ground), palette.Colors);
        var least = Math.Max(1, Rare * set.Count);
        return [.. Enumerable.Range(0, palette.Colors.Count).Where(color => owned.eq(color).sum().item<long>() >= least)];
    }

    /// <summary>The place of each image's colour in the set's palette, int64 (N); -1 where it has none of them.</summary>
    public static long[] Of(ImageSet set, bool ground)
    {
        using var scope = NewDisposeScope();
        return Owners(ColorReplacement.OwnColors(set.Tensor(), ground), PaletteOf(set, ground).Colors).data<long>().ToArray();
    }

    /// <summary>The palette of what is recoloured by default: the ground where it has a colour, else the digit.</summary>
    public static Palette PaletteOf(ImageSet set) => PaletteOf(set, ColorReplacement.HasColoredGround(set.Tensor()));

    /// <summary>The seed's palette where most images have its colours or all have one, else the images' own, the most frequent first.</summary>
    public static Palette PaletteOf(ImageSet set, bool ground)
    {
        using var scope = NewDisposeScope();
        var own = ColorReplacement.OwnColors(set.Tensor(), ground);
        if (AreSeeds(own)) return Palette.Seed;
        var colors = new List<Rgb>();
        while (colors.Count < Most && own.shape[0] > 0)
        {
            // The densest place, found with the images' own colours rounded.
            var cells = (own / Near).floor().to_type(int64);
            var (_, inverse, counts) = (cells[.., 0] * 100 + (cells[.., 1] * 10) + cells[.., 2]).unique(return_inverse: true, return_counts: true);
            var center = own[inverse!.eq(counts!.argmax())].mean([0]);
            var near = (own - center).abs().amax([1]).le(Near);
            if (near.sum().item<long>() < Math.Max(2, Rare * set.Count)) break;
            colors.Add(Named(Median(own[near]).data<float>().ToArray()));
            own = own[near.logical_not()];
        }

        // One colour is no choice: images that are all blue are painted in the seed's.
        return colors.Count > 1 ? new(colors) : Palette.Seed;
    }

    /// <summary>Whether the colours are the seed's: nearly all of them, or most where noise and strokes blur them and none is missing.</summary>
    private static bool AreSeeds(Tensor own)
    {
        var owners = Owners(own, [.. Palette.Seed.Colors, Rgb.White, Rgb.Black]);
        var near = owners.ge(0).to_type(float32).mean().item<float>();
        return near > 0.9 || (near > 0.5 && Palette.Seed.Colors.Select((_, color) => owners.eq(color).any().item<bool>()).All(has => has));
    }

    private static Tensor Median(Tensor colors) => colors.sort(0).Values[colors.shape[0] / 2].contiguous();

    private static Rgb Named(float[] color)
    {
        var (red, green, blue) = ((byte)color[0], (byte)color[1], (byte)color[2]);
        return new($"#{red:x2}{green:x2}{blue:x2}", red, green, blue);
    }

    /// <summary>The nearest colour's place, int64 (N); -1 where none is near.</summary>
    private static Tensor Owners(Tensor own, IReadOnlyList<Rgb> colors)
    {
        if (colors.Count == 0) return full([own.shape[0]], -1L, int64);
        var all = tensor(colors.SelectMany(color => new float[] { color.Red, color.Green, color.Blue }).ToArray()).view(1, -1, 3);
        var (distances, nearest) = (own.unsqueeze(1) - all).abs().amax([2]).min(1);
        return nearest.where(distances.le(Near), full_like(nearest, -1));
    }
}
