using Pentimento.Cues;
using Pentimento.Data;

namespace Pentimento.Discovery;

/// <summary>The cues that are looked for where the user names none.</summary>
internal static class DefaultCues
{
    private const int Grid = 4;

    /// <summary>Those that the images have, from the most special to the most general.</summary>
    public static IReadOnlyList<Cue> For(ImageSet set)
    {
        var shape = set.Shape;
        var wide = Math.Max(2, (int)Math.Ceiling(Math.Min(shape.Height, shape.Width) / 10.0));
        var cells = from row in Enumerable.Range(0, Grid) from column in Enumerable.Range(0, Grid) select new Cell(Grid, row, column);
        Cue[] all =
        [
            new Color(), new ColorStatistics(), new Brightness(), new Contrast(), new Background(), new Border(), new Border(wide), .. cells,
            new Position(), new Size(), new Orientation(), new Lighting(), new Sharpness(), new ChromaticAberration(), new Texture(),
            new Compression(), new Resolution(), new Watermark(), new Sticker(), new HighFrequencies(), new Style(), new Spectrum(),
            new LowFrequencies(),
        ];
        // The colour of what is grey is its brightness; what else statistics of its pixels say is how much of the image an object fills.
        return [.. all.Where(cue => cue.Fits(shape) && !(cue is Color or ColorStatistics or ChromaticAberration && IsGrey(set)))];
    }

    private static bool IsGrey(ImageSet set)
    {
        var pixels = set.Pixels;
        var channels = set.Shape.Channels;
        for (var at = 0; at < pixels.Length; at += channels)
        {
            if (pixels[at..(at + channels)].ContainsAnyExcept(pixels[at])) return false;
        }

        return true;
    }
}
