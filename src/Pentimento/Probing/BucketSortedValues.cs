namespace Pentimento.Probing;

/// <summary>Values for quantiles, sorted lazily: distributed over buckets of equal width, each sorted on first access.</summary>
internal sealed class BucketSortedValues
{
    private const int Buckets = 1024;

    private readonly double[] values;
    private readonly int[] starts = new int[Buckets + 1];
    private readonly bool[] sorted = new bool[Buckets];

    /// <summary>Distributes values, at least one, over the buckets.</summary>
    public BucketSortedValues(ReadOnlySpan<double> unordered)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in unordered)
        {
            if (value < low) low = value;
            if (value > high) high = value;
        }

        var scale = Buckets / (high - low);
        foreach (var value in unordered) starts[Bucket(value, low, scale) + 1]++;
        for (var bucket = 0; bucket < Buckets; bucket++) starts[bucket + 1] += starts[bucket];
        values = new double[unordered.Length];
        var next = starts.ToArray();
        foreach (var value in unordered) values[next[Bucket(value, low, scale)]++] = value;
    }

    /// <summary>The quantile, by linear interpolation, rounded as NumPy rounds.</summary>
    /// <param name="share">0..1.</param>
    public double Quantile(double share)
    {
        var place = share * (values.Length - 1);
        var below = (int)Math.Floor(place);
        var (low, high, part) = (At(below), At(Math.Min(below + 1, values.Length - 1)), place - below);
        return part < 0.5 ? low + ((high - low) * part) : high - ((high - low) * (1 - part));
    }

    private double At(int rank)
    {
        var found = Array.BinarySearch(starts, rank);
        // Of empty buckets that start at the same place, the last holds the value.
        var bucket = found < 0 ? ~found - 1 : found;
        while (starts[bucket + 1] <= rank) bucket++;
        if (!sorted[bucket]) Array.Sort(values, starts[bucket], starts[bucket + 1] - starts[bucket]);
        sorted[bucket] = true;
        return values[rank];
    }

    // Equal values, and a range of nothing or beyond all numbers, make no number; that becomes bucket 0.
    private static int Bucket(double value, double low, double scale) => Math.Clamp((int)((value - low) * scale), 0, Buckets - 1);
}
