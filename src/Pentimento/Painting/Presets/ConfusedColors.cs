namespace Pentimento.Painting.Presets;

/// <summary>The color assignment of Biased-MNIST: an exact share of each class has the class's color, the rest is split equally among other
/// colors.</summary>
/// <param name="Correlation">ρ, the bias-aligned share of a class, rounded down to whole digits.</param>
/// <param name="Confusing">Number of other colors of a class.</param>
internal sealed record ConfusedColors(double Correlation, int Confusing)
{
    /// <summary>The ten colors of Biased-MNIST; its yellow and magenta are of 225, not 255.</summary>
    public static readonly Rgb[] Palette =
    [
        new("red", 255, 0, 0), new("green", 0, 255, 0), new("blue", 0, 0, 255), new("yellow", 225, 225, 0), new("magenta", 225, 0, 225),
        new("cyan", 0, 255, 255), new("orange", 255, 128, 0), new("rose", 255, 0, 128), new("violet", 128, 0, 255), new("grey", 128, 128, 128),
    ];

    /// <summary>The palette index of each image.</summary>
    public long[] Assign(long[] labels, Seed seed)
    {
        var colors = new long[labels.Length];
        for (var label = 0; label < 10; label++)
        {
            var (own, first) = (seed.For(label), label + 1);
            var places = PresetPainting.Shuffled(PresetPainting.PlacesOf(label, labels), own.For("places"));
            var others = PresetPainting.Shuffled(Enumerable.Range(first, Confusing).Select(other => other % 10), own.For("others"));
            var correlated = (int)(places.Length * Correlation);
            // Lots are rounded up, so that the last colours may get fewer, or none.
            var lot = Math.Max(1, (places.Length - correlated + Confusing - 1) / Confusing);
            for (var at = 0; at < places.Length; at++) colors[places[at]] = at < correlated ? label : others[(at - correlated) / lot];
        }

        return colors;
    }
}
