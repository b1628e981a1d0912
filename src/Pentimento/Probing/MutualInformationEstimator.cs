namespace Pentimento.Probing;

/// <summary>A plug-in estimator of the mutual information between a binned channel and a target, given a condition.</summary>
/// <remarks>
/// Everything is counted in cells, one for each pair of target and condition that occurs. With S(X) the sum of n ln n over the counts n of X,
/// N images and b the channel's bin, I(b; target | condition) = (S(b, cell) - S(b, condition) - S(cell) + S(condition)) / N, in nats; without a
/// condition there is one condition for all. It is too large on a sample. The jackknife takes off the bias of first order: with one image left out in
/// turn, each count n gives n (n ln n - (n - 1) ln (n - 1)) in place of n ln n (Zahl, 1977, "Jackknifing an index of diversity", Ecology 58). Where
/// there are about as many cells as images, Miller's correction by occupied cells leaves a third of the bias.
/// </remarks>
internal sealed class MutualInformationEstimator
{
    private readonly int[] conditionOf;
    private readonly int[][] strata;
    private readonly double[] logs;
    private readonly double[] jackknifed;

    /// <summary>Prepares the contingency table.</summary>
    /// <param name="target">int64 (N), the target attribute.</param>
    /// <param name="condition">int64 (N), the conditioning attribute, or null.</param>
    public MutualInformationEstimator(long[] target, long[]? condition = null)
    {
        var pairs = target.Select((value, at) => (Condition: condition?[at] ?? 0, Target: value)).ToArray();
        var cells = pairs.Distinct().Order().ToArray();
        Require.That(
            cells.Length <= ushort.MaxValue,
            $"There are {cells.Length:N0} combinations of label and colour, more than {ushort.MaxValue:N0}.");
        var conditions = cells.Select(cell => cell.Condition).Distinct().ToArray();
        var numberOf = cells.Select((cell, at) => (cell, at)).ToDictionary(pair => pair.cell, pair => (ushort)pair.at);
        Cells = Array.ConvertAll(pairs, pair => numberOf[pair]);
        conditionOf = Array.ConvertAll(cells, cell => Array.IndexOf(conditions, cell.Condition));
        strata =
        [
            .. Enumerable.Range(0, target.Length).GroupBy(at => conditionOf[Cells[at]]).OrderBy(group => group.Key).Select(group => group.ToArray()),
        ];
        logs = Enumerable.Range(0, target.Length + 1).Select(count => count == 0 ? 0 : count * Math.Log(count)).ToArray();
        jackknifed = [.. Enumerable.Range(0, target.Length + 1).Select(count => count == 0 ? 0 : count * (logs[count] - logs[count - 1]))];
        Entropy = (strata.Sum(places => logs[places.Length]) - Cells.CountBy(cell => cell).Sum(group => logs[group.Value])) / target.Length;
    }

    /// <summary>The cell of each image.</summary>
    public ushort[] Cells { get; }

    /// <summary>The target's entropy given the condition, in nats: the upper bound of the information.</summary>
    public double Entropy { get; }

    /// <summary>The cells with the target permuted within each condition: a sample of the null hypothesis, conditional independence.</summary>
    public ushort[] Shuffled(ref SplitMix64 random)
    {
        var shuffled = Cells.ToArray();
        foreach (var places in strata)
        {
            for (var left = places.Length; left > 1; left--)
            {
                var chosen = random.Below(left);
                (shuffled[places[left - 1]], shuffled[places[chosen]]) = (shuffled[places[chosen]], shuffled[places[left - 1]]);
            }
        }

        return shuffled;
    }

    /// <summary>Estimates the information in nats, uncorrected, and its bias by the jackknife.</summary>
    /// <param name="indices">The bin of each image.</param>
    /// <param name="bins">Number of bins.</param>
    /// <param name="cells">The cell of each image: <see cref="Cells"/>, shuffled or resampled.</param>
    public (double Nats, double Bias) Estimate(ReadOnlySpan<byte> indices, int bins, ReadOnlySpan<ushort> cells)
    {
        var width = conditionOf.Length;
        var joint = new int[bins * width];
        for (var at = 0; at < indices.Length; at++) joint[(indices[at] * width) + cells[at]]++;

        var (ofCell, ofCondition, inCondition) = (new int[width], new int[strata.Length], new int[strata.Length]);
        var (sum, corrected) = (0.0, 0.0);
        for (var bin = 0; bin < bins; bin++)
        {
            Array.Clear(inCondition);
            for (var cell = 0; cell < width; cell++)
            {
                var count = joint[(bin * width) + cell];
                if (count == 0) continue;
                (sum, corrected) = (sum + logs[count], corrected + jackknifed[count]);
                ofCell[cell] += count;
                inCondition[conditionOf[cell]] += count;
            }

            Add(inCondition, -1, ref sum, ref corrected);
        }

        for (var cell = 0; cell < width; cell++) ofCondition[conditionOf[cell]] += ofCell[cell];
        Add(ofCell, -1, ref sum, ref corrected);
        Add(ofCondition, +1, ref sum, ref corrected);
        // Rounding may leave nothing a little below nothing.
        return (Math.Max(0, sum / indices.Length), (sum - corrected) / indices.Length);
    }

    private void Add(int[] counts, int sign, ref double sum, ref double corrected)
    {
        foreach (var count in counts)
        {
            if (count == 0) continue;
            sum += sign * logs[count];
            corrected += sign * jackknifed[count];
        }
    }
}
