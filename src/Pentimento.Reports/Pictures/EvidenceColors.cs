using ScottPlot;
using ScottPlot.Colormaps;

namespace Pentimento.Reports.Pictures;

/// <summary>The colour map of attribution maps: one scale for all maps that are compared.</summary>
/// <param name="Full">The evidence that gets the brightest colour, in logits.</param>
public sealed record EvidenceColors(double Full)
{
    // The ramp's last tenth is nearly white and would look like a stroke.
    private const double Brightest = 0.9;

    private static readonly Inferno Ramp = new();

    /// <summary>The scale on which the strongest evidence of all these maps is brightest.</summary>
    public static EvidenceColors Over(IEnumerable<float[]> maps) => new(maps.SelectMany(map => map).DefaultIfEmpty().Max());

    /// <summary>The colour of a share of the full evidence, 0..1; it grows with the square root, so that weak evidence is seen too.</summary>
    public static Color ColorOf(double share) => Ramp.GetColor(Brightest * Math.Sqrt(Math.Clamp(share, 0, 1)));

    /// <summary>Lays a map over a picture, whose own colours turn to grey.</summary>
    /// <param name="picture">What the network saw.</param>
    /// <param name="map">float32 (H, W), not negative.</param>
    internal Picture Over(Picture picture, float[] map) => picture.With(at =>
    {
        var pixel = at / 3;
        var share = Full == 0 ? 0 : map[pixel] / Full;
        var grey = picture.Pixels.AsSpan(pixel * 3, 3).ToArray().Max() / 255.0;
        var color = ColorOf(share);
        var heat = (at % 3) switch { 0 => color.R, 1 => color.G, _ => color.B };
        return (byte)Math.Min(255, (heat * (1 - (0.45 * grey))) + (0.45 * grey * 255));
    });
}
