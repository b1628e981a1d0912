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
    internal Picture Over(Picture picture, float[] map)
    {
        var (from, pixels) = (picture.Pixels, new byte[picture.Pixels.Length]);
        for (var at = 0; at < map.Length; at++)
        {
            var seen = from.AsSpan(at * 3, 3);
            var grey = Math.Max(seen[0], Math.Max(seen[1], seen[2])) / 255.0;
            var color = ColorOf(Full == 0 ? 0 : map[at] / Full);
            byte Laid(byte heat) => (byte)Math.Min(255, (heat * (1 - (0.45 * grey))) + (0.45 * grey * 255));
            (pixels[at * 3], pixels[(at * 3) + 1], pixels[(at * 3) + 2]) = (Laid(color.R), Laid(color.G), Laid(color.B));
        }

        return picture with { Pixels = pixels };
    }
}
