namespace Pentimento.Painting.Presets;

/// <summary>How Biased-MNIST gives each class its own colour: an exact share of its digits, the rest dealt in equal lots to other colours.</summary>
/// <param name="Correlation">ρ, the share of a class that wears its own colour, rounded down to whole digits.</param>
/// <param name="Confusing">How many other colours the rest is dealt to.</param>
internal sealed record ConfusedColors(double Correlation, int Confusing)
{
    /// <summary>The ten colours of Biased-MNIST; its yellow and magenta are of 225, not 255.</summary>
    public static readonly Rgb[] Palette =
    [
        new("red", 255, 0, 0), new("green", 0, 255, 0), new("blue", 0, 0, 255), new("yellow", 225, 225, 0), new("magenta", 225, 0, 225),
        new("cyan", 0, 255, 255), new("orange", 255, 128, 0), new("rose", 255, 0, 128), new("violet", 128, 0, 255), new("grey", 128, 128, 128),
    ];

    /// <summary>The palette index of each digit.</summary>
    public long[] Assign(long[] labels, Seed seed)
    {
        var colors = new long[labels.Length];
        for (var label = 0; label < 10; label++)
        {
            var (own, first) = (seed.For(label), label + 1);
            var places = Sheet.Shuffled(Sheet.PlacesOf(label, labels), own.For("places"));
            var others = Sheet.Shuffled(Enumerable.Range(first, Confusing).Select(other => other % 10), own.For("others"));
            var correlated = (int)(places.Length * Correlation);
            // Lots are rounded up, so that the last colours may get fewer, or none.
            var lot = Math.Max(1, (places.Length - correlated + Confusing - 1) / Confusing);
            for (var at = 0; at < places.Length; at++) colors[places[at]] = at < correlated ? label : others[(at - correlated) / lot];
        }

        return colors;
    }
}
