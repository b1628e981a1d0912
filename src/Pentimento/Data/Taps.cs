namespace Pentimento.Data;

/// <summary>Which places of a line make each place of a scaled one, and with what weights: for every place as many, next to one another.</summary>
/// <param name="First">The first of the places, for each place wanted.</param>
/// <param name="Weights">Whole numbers (places wanted, <paramref name="Count"/>), together about 2 to the power of <see cref="Bits"/>.</param>
/// <param name="Count">How many places make one; where fewer do, the others weigh nothing.</param>
internal sealed record Taps(int[] First, int[] Weights, int Count)
{
    /// <summary>Weights are whole numbers of so many bits, as in Pillow, so that every machine rounds alike.</summary>
    public const int Bits = 22;

    /// <summary>What rounds to the nearest when the bits of the weights are dropped.</summary>
    public const int Rounding = 1 << (Bits - 1);

    /// <summary>The triangle filter as wide as the step.</summary>
    /// <param name="from">The length of the line.</param>
    /// <param name="to">The length of the scaled line.</param>
    /// <param name="start">The first place of the scaled line that is wanted.</param>
    /// <param name="wanted">How many places are.</param>
    public static Taps Of(int from, int to, int start, int wanted)
    {
        var scale = (double)from / to;
        // Enlarged, every place lies between two; reduced, the triangle covers all that fall together.
        var support = Math.Max(scale, 1);
        var spans = new (int First, int Count, double Center)[wanted];
        for (var at = 0; at < wanted; at++)
        {
            var center = (start + at + 0.5) * scale;
            var first = Math.Max(0, (int)(center - support + 0.5));
            spans[at] = (first, Math.Min(from, (int)(center + support + 0.5)) - first, center);
        }

        var taps = new Taps(new int[wanted], [], spans.Max(span => span.Count));
        taps = taps with { Weights = new int[wanted * taps.Count] };
        var shares = new double[taps.Count];
        for (var at = 0; at < wanted; at++) taps.Fill(at, spans[at], support, shares, from);
        return taps;
    }

    private void Fill(int at, (int First, int Count, double Center) span, double support, double[] shares, int from)
    {
        var sum = 0.0;
        for (var tap = 0; tap < span.Count; tap++)
            sum += shares[tap] = Math.Max(0, 1 - Math.Abs((tap + span.First - span.Center + 0.5) / support));
        First[at] = Math.Min(span.First, from - Count);
        var weights = Weights.AsSpan((at * Count) + span.First - First[at]);
        for (var tap = 0; tap < span.Count; tap++) weights[tap] = (int)((shares[tap] / sum * (1 << Bits)) + 0.5);
    }
}
