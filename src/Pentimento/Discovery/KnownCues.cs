using Pentimento.Cues;
using Pentimento.Data;

namespace Pentimento.Discovery;

/// <summary>The cues that are looked for where the user names none.</summary>
internal static class KnownCues
{
    private const int Grid = 4;

    /// <summary>Those that images of a shape have, from the most special to the most general.</summary>
    public static IReadOnlyList<Cue> For(ImageShape shape)
    {
        var wide = Math.Max(2, Math.Min(shape.Height, shape.Width) / 10);
        var cells = from row in Enumerable.Range(0, Grid) from column in Enumerable.Range(0, Grid) select new Cell(Grid, row, column);
        Cue[] all =
        [
            new Color(), new ColorStatistics(), new Brightness(), new Contrast(), new Background(), new Border(), new Border(wide), .. cells,
            new Position(), new Size(), new Orientation(), new Sharpness(), new Texture(), new HighFrequencies(), new Spectrum(), new LowFrequencies(),
        ];
        return [.. all.Where(cue => cue.Fits(shape))];
    }
}
