namespace Pentimento.Painting;

/// <summary>A difficulty tier, the amounts of noise and strokes: a row of the seed report's table.</summary>
/// <param name="Name">e (easy), m (medium), h (hard), vh (very hard) or z (zilch, nothing).</param>
/// <param name="NoiseProbability">The share of images with noise.</param>
/// <param name="Noise">The range of the noise's standard deviation, in pixel values of 0..255.</param>
/// <param name="StrokeProbability">The share of images with strokes.</param>
/// <param name="Strokes">The range of the number of strokes, both ends included.</param>
/// <param name="Thickness">The range of a stroke's thickness, in pixels.</param>
internal sealed record Tier(
    string Name,
    double NoiseProbability,
    (double Low, double High) Noise,
    double StrokeProbability,
    (int Low, int High) Strokes,
    (double Low, double High) Thickness)
{
    /// <summary>All tiers, easiest first, zilch last. Zilch carries the ranges of e, as the seed's metadata does.</summary>
    public static IReadOnlyList<Tier> All { get; } =
    [
        new("e", 0.7, (15, 25), 0.5, (1, 3), (1, 2)),
        new("m", 0.75, (17.5, 27.5), 0.55, (1, 3), (1.25, 2)),
        new("h", 0.8, (20, 30), 0.6, (2, 4), (1.5, 2.5)),
        new("vh", 0.85, (22.5, 32.5), 0.65, (2, 4), (1.75, 2.75)),
        new("z", 0, (15, 25), 0, (1, 3), (1, 2)),
    ];

    /// <summary>Finds the tier of this name.</summary>
    public static Tier Parse(string name) => All.First(tier => tier.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
