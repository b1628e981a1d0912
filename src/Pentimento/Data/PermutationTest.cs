namespace Pentimento.Data;

/// <summary>Whether two attributes depend on each other: how often shuffling one of them leaves them as dependent as they are.</summary>
/// <remarks>
/// Fisher, 1935, "The design of experiments"; the p-value counts the observed order among the permutations: Phipson and Smyth, 2010, "Permutation
/// p-values should never be zero".
/// </remarks>
internal static class PermutationTest
{
    /// <summary>The p-value of the plug-in mutual information of two attributes.</summary>
    /// <param name="rows">int64 (N).</param>
    /// <param name="columns">int64 (N).</param>
    /// <param name="permutations">How many.</param>
    /// <param name="seed">Decides which.</param>
    public static double OfMutualInformation(IReadOnlyList<long> rows, IReadOnlyList<long> columns, int permutations, Seed seed)
    {
        var (row, rowCount) = Numbered(rows);
        var (column, columnCount) = Numbered(columns);
        if (rowCount < 2 || columnCount < 2) return 1;
        var observed = Information(row, column, rowCount, columnCount);
        var atLeast = 0;
        ParallelLoop.For(
            permutations, 0,
            at =>
            {
                var shuffled = new SplitMix64(seed.For(at)).Shuffled(column);
                // The same table in another order of its sums is as dependent.
                if (Information(row, shuffled, rowCount, columnCount) >= observed - 1e-12) Interlocked.Increment(ref atLeast);
            },
            CancellationToken.None);
        return (1.0 + atLeast) / (1.0 + permutations);
    }

    /// <summary>The sum of n ln n over the cells, which orders tables of the same margins as their mutual information does, over N.</summary>
    private static double Information(int[] rows, int[] columns, int rowCount, int columnCount)
    {
        var counts = new Dictionary<long, int>();
        if ((long)rowCount * columnCount > 1 << 20)
        {
            for (var at = 0; at < rows.Length; at++)
            {
                var cell = ((long)rows[at] * columnCount) + columns[at];
                counts[cell] = counts.GetValueOrDefault(cell) + 1;
            }

            return counts.OrderBy(pair => pair.Key).Sum(pair => pair.Value * Math.Log(pair.Value)) / rows.Length;
        }

        var table = new int[rowCount * columnCount];
        for (var at = 0; at < rows.Length; at++) table[(rows[at] * columnCount) + columns[at]]++;
        return table.Where(count => count > 1).Sum(count => count * Math.Log(count)) / rows.Length;
    }

    private static (int[] Numbers, int Count) Numbered(IReadOnlyList<long> values)
    {
        var numberOf = values.Distinct().Order().Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return ([.. values.Select(value => numberOf[value])], numberOf.Count);
    }
}
