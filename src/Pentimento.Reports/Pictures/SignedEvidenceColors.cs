using Pentimento.Reports.Style;

namespace Pentimento.Reports.Pictures;

/// <summary>The diverging colour map of signed attribution maps: vermillion for, blue against, paper where there is none; people of any colour
/// vision can distinguish.</summary>
/// <param name="Full">The size of the evidence that gets the full colour.</param>
internal sealed record SignedEvidenceColors(double Full)
{
    // How much darker the brightest pixel makes the colour that lies over it.
    private const double Shade = 0.45;

    /// <summary>The scale on which the largest evidence of all these maps, for or against, is full.</summary>
    public static SignedEvidenceColors Over(IEnumerable<float[]> maps) => new(maps.SelectMany(map => map).Select(Math.Abs).DefaultIfEmpty().Max());

    /// <summary>Lays a map over a picture, whose own colours turn to shadow.</summary>
    /// <param name="picture">What the network saw.</param>
    /// <param name="map">float32 (H, W), signed.</param>
    public Picture Over(Picture picture, float[] map) => picture.With(at =>
    {
        var pixel = at / 3;
        var share = Full == 0 ? 0 : Math.Clamp(map[pixel] / Full, -1, 1);
        var (full, none) = (share < 0 ? PlotColors.Repaired : PlotColors.Lazy, PlotColors.Paper);
        // As for unsigned maps the square root lets weak evidence be seen.
        var strength = Math.Sqrt(Math.Abs(share));
        var (from, to) = (at % 3) switch { 0 => (none.R, full.R), 1 => (none.G, full.G), _ => (none.B, full.B) };
        var grey = picture.Pixels.AsSpan(pixel * 3, 3).ToArray().Max() / 255.0;
        return (byte)((from + (strength * (to - from))) * (1 - (Shade * grey)));
    });
}
