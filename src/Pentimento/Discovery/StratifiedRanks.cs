namespace Pentimento.Discovery;

/// <summary>Compares the ranks of images that are predicted as a class with those of the others of the same label, all labels together.</summary>
/// <remarks>
/// Mann and Whitney, 1947, "On a test of whether one of two random variables is stochastically larger than the other", with ties at their middle
/// rank, added over labels as van Elteren, 1960, "On the combination of independent two sample tests of Wilcoxon".
/// </remarks>
internal sealed class StratifiedRanks
{
    private readonly int[][] strata;
    private readonly int classes;

    // By class: the number of comparisons, and the mean of the rank sums where predictions are exchangeable within a label.
    private readonly double[] comparisons;
    private readonly double[] expected;
    private readonly double[][] sizes;

    /// <summary>Takes what is compared with what.</summary>
    /// <param name="labels">The stratum of each image.</param>
    /// <param name="predicted">The class of each image, from 0.</param>
    /// <param name="classes">How many classes there are.</param>
    public StratifiedRanks(long[] labels, int[] predicted, int classes)
    {
        this.classes = classes;
        // A label whose images are all predicted alike compares nothing.
        strata = [.. Enumerable.Range(0, labels.Length).GroupBy(at => labels[at]).Select(group => group.ToArray())
            .Where(group => group.Any(at => predicted[at] != predicted[group[0]]))];
        (comparisons, expected) = (new double[classes], new double[classes]);
        (Chosen, Others, Deciding) = (new long[classes], new long[classes], new long[classes]);
        sizes = [.. strata.Select(_ => new double[classes])];
        foreach (var (at, stratum) in strata.Index())
        {
            foreach (var image in stratum) sizes[at][predicted[image]]++;
            for (var label = 0; label < classes; label++)
            {
                var (own, others) = (sizes[at][label], stratum.Length - sizes[at][label]);
                // Predictions in one label differ, so there are others.
                if (own == 0) continue;
                comparisons[label] += own * others;
                expected[label] += own * (stratum.Length + 1) / 2;
                Chosen[label] += (long)own;
                Others[label] += (long)others;
                Deciding[label] += (long)Math.Min(own, others);
            }
        }
    }

    /// <summary>By class, how many images are predicted as it in labels that are predicted as others too.</summary>
    public long[] Chosen { get; }

    /// <summary>By class, how many images of those labels are not.</summary>
    public long[] Others { get; }

    /// <summary>By class, the fewer of both, label by label: what a comparison hangs on.</summary>
    public long[] Deciding { get; }

    /// <summary>The images that are compared, label by label.</summary>
    public IReadOnlyList<int[]> Strata => strata;

    /// <summary>The rank of each image among those of its label, ties in the middle; images that are compared with none have 0.</summary>
    public double[] RanksOf(double[] values)
    {
        var ranks = new double[values.Length];
        foreach (var stratum in strata)
        {
            int[] order = [.. stratum.OrderBy(at => values[at])];
            for (var start = 0; start < order.Length;)
            {
                var end = start + 1;
                while (end < order.Length && values[order[end]] == values[order[start]]) end++;
                for (var at = start; at < end; at++) ranks[order[at]] = (start + end + 1) / 2.0;
                start = end;
            }
        }

        return ranks;
    }

    /// <summary>The deviation of each class's sum of ranks over permutations within labels.</summary>
    public double[] DeviationsOf(double[] ranks)
    {
        var variances = new double[classes];
        foreach (var (at, stratum) in strata.Index())
        {
            var mean = (stratum.Length + 1) / 2.0;
            var square = stratum.Sum(image => (ranks[image] - mean) * (ranks[image] - mean)) / (stratum.Length - 1);
            for (var label = 0; label < classes; label++)
                variances[label] += sizes[at][label] * (stratum.Length - sizes[at][label]) / stratum.Length * square;
        }

        return Array.ConvertAll(variances, Math.Sqrt);
    }

    /// <summary>By class, how far the sum of ranks of the images predicted as it lies above what is expected.</summary>
    /// <param name="ranks">From <see cref="RanksOf"/>.</param>
    /// <param name="predicted">The class of each image; within a label as often each as when this was made.</param>
    /// <param name="sums">Filled.</param>
    public void Excess(double[] ranks, int[] predicted, double[] sums)
    {
        for (var label = 0; label < classes; label++) sums[label] = -expected[label];
        foreach (var stratum in strata)
        {
            foreach (var image in stratum) sums[predicted[image]] += ranks[image];
        }
    }

    /// <summary>How many images of each label are predicted as a class and how many are not, where there are both.</summary>
    public IReadOnlyList<(double Chosen, double Others)> SizesOf(int label) =>
        [.. strata.Index().Select(pair => (sizes[pair.Index][label], pair.Item.Length - sizes[pair.Index][label])).Where(pair => pair.Item1 > 0)];

    /// <summary>The area under the curve of an excess; 0.5 where nothing is compared.</summary>
    public double Area(double excess, int label) => comparisons[label] == 0 ? 0.5 : 0.5 + (excess / comparisons[label]);
}
