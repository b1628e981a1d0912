namespace Pentimento.Probing;

/// <summary>Estimates the mutual information of every channel of a table with color and digit, alone and given the other, with permutation
/// tests.</summary>
/// <remarks>
/// Shannon, 1948, "A mathematical theory of communication". Permutation p-values: Phipson and Smyth, 2010, "Permutation P-values should never be
/// zero", arXiv:1603.05766: each permutation shuffles the labels once for all channels; for conditional information it
/// shuffles within each condition.
/// </remarks>
public sealed class MutualInformationTest
{
    private readonly MutualInformationEstimator[] estimators;
    private readonly Bins[] bins;
    private readonly int threads;

    /// <summary>Discretizes every channel's activations.</summary>
    /// <param name="table">The activations.</param>
    /// <param name="binning">The discretization.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <param name="threads">Cores to use, 0 for all.</param>
    public MutualInformationTest(ActivationTable table, Binning binning, RunContext run, int threads = 0)
    {
        (this.threads, Count, bins) = (threads, table.Count, new Bins[table.Channels.Count]);
        estimators = [new(table.Colors), new(table.Labels), new(table.Colors, table.Labels), new(table.Labels, table.Colors)];
        ParallelLoop.For(bins.Length, threads, channel => bins[channel] = binning.Discretize(table.Channels[channel]), run.Cancel);
    }

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>The bins of each channel's activations.</summary>
    public IReadOnlyList<Bins> Bins => bins;

    /// <summary>Estimates the information of every channel, to be judged at a false discovery rate of 5%.</summary>
    /// <param name="permutations">Number of permutations for each p-value at least; 0 for none.</param>
    /// <param name="run">Reports progress and can be cancelled; its seed determines the permutations.</param>
    public IReadOnlyList<ChannelInformation> Run(int permutations, RunContext run) => Run(permutations, 0.05, run);

    /// <summary>Estimates the information of every channel.</summary>
    /// <remarks>
    /// With B permutations no p-value is below 1 / (B + 1), which over C channels may be more than a correction for all of them lets pass. Channels
    /// that no permutation has equalled are permuted further until the correction can accept them, which takes C / rate permutations of one channel
    /// at most (Besag and Clifford, 1991, "Sequential Monte Carlo p-values").
    /// </remarks>
    /// <param name="permutations">Number of permutations for each p-value at least; 0 for none.</param>
    /// <param name="rate">The false discovery rate at which the q-values are to be judged.</param>
    /// <param name="run">Reports progress and can be cancelled; its seed determines the permutations.</param>
    public IReadOnlyList<ChannelInformation> Run(int permutations, double rate, RunContext run)
    {
        var observed = EstimateAll(bins, [.. estimators.Select(estimator => estimator.Cells)], run.Cancel);
        var exceedances = observed.Select(_ => new int[estimators.Length]).ToArray();
        var random = new SplitMix64(run.Seed.For("permutations"));
        for (var permutation = 0; permutation < permutations; permutation++)
        {
            var shuffled = new ushort[estimators.Length][];
            for (var at = 0; at < shuffled.Length; at++) shuffled[at] = estimators[at].Shuffled(ref random);
            var permuted = EstimateAll(bins, shuffled, run.Cancel);
            for (var channel = 0; channel < observed.Length; channel++)
            {
                for (var at = 0; at < shuffled.Length; at++)
                    exceedances[channel][at] += permuted[channel][at].Nats >= observed[channel][at].Nats - 1e-12 ? 1 : 0;
            }

            run.Report(new("permutations", permutation + 1, permutations));
        }

        var columns = new Information[estimators.Length][];
        for (var at = 0; at < columns.Length; at++)
            columns[at] = Column(at, observed, exceedances, PermuteOn(at, observed, exceedances, permutations, rate, ref random, run));
        return
        [
            .. Enumerable
                .Range(0, bins.Length)
                .Select(channel => new ChannelInformation(columns[0][channel], columns[1][channel], columns[2][channel], columns[3][channel])),
        ];
    }

    /// <summary>Estimates on a bootstrap resample of the images: for each channel the shares of entropy, corrected, in the
    /// order of <see cref="ChannelInformation"/>.</summary>
    /// <param name="places">The indices of the images of the resample, as many as there are; an image may come twice.</param>
    /// <param name="cancel">Cancellation.</param>
    internal double[][] Resampled(int[] places, CancellationToken cancel)
    {
        var drawn = estimators.Select(estimator => Array.ConvertAll(places, place => estimator.Cells[place])).ToArray();
        var indices = Array.ConvertAll(bins, channel => channel with { Indices = Array.ConvertAll(places, place => channel.Indices[place]) });
        return Array.ConvertAll(EstimateAll(indices, drawn, cancel), estimates =>
            estimates.Select((estimate, at) => Share(estimate.Nats - estimate.Bias, at)).ToArray());
    }

    private (double Nats, double Bias)[][] EstimateAll(Bins[] indices, ushort[][] cells, CancellationToken cancel)
    {
        var estimates = new (double, double)[indices.Length][];
        ParallelLoop.For(
            indices.Length,
            threads,
            channel =>
                estimates[channel] =
                [
                    .. estimators.Select((estimator, at) => estimator.Estimate(indices[channel].Indices, indices[channel].Count, cells[at])),
                ],
            cancel);
        return estimates;
    }

    /// <summary>Permutes further for the channels that were never equalled, until a correction over all channels can accept them; returns the
    /// number of permutations of each channel.</summary>
    private int[] PermuteOn(
        int estimator, (double Nats, double Bias)[][] observed, int[][] exceedances, int permutations, double rate, ref SplitMix64 random,
            RunContext run)
    {
        var taken = Enumerable.Repeat(permutations, observed.Length).ToArray();
        int[] open = permutations == 0 || rate <= 0
            ? [] : [.. Enumerable.Range(0, observed.Length).Where(channel => exceedances[channel][estimator] == 0)];
        for (var had = permutations; open.Length > 0 && observed.Length > rate * open.Length * (had + 1.0); had++)
        {
            var (shuffled, channels) = (estimators[estimator].Shuffled(ref random), open);
            ParallelLoop.For(
                channels.Length,
                threads,
                at =>
                {
                    var (channel, kinds) = (channels[at], bins[channels[at]]);
                    var (nats, _) = estimators[estimator].Estimate(kinds.Indices, kinds.Count, shuffled);
                    if (nats >= observed[channel][estimator].Nats - 1e-12) exceedances[channel][estimator]++;
                    taken[channel]++;
                },
                run.Cancel);
            open = Array.FindAll(open, channel => exceedances[channel][estimator] == 0);
            run.Report(new("permutations for the clearest "
                + "channels", had - permutations + 1, (long)(observed.Length / (rate * Math.Max(1, open.Length)))));
        }

        return taken;
    }

    private Information[] Column(int estimator, (double Nats, double Bias)[][] observed, int[][] exceedances, int[] taken)
    {
        double[] chances = [.. exceedances.Select((counts, channel) => (1.0 + counts[estimator]) / (1 + taken[channel]))];
        var discoveries = FalseDiscovery.Adjust(chances);
        return [.. observed.Select((estimates, channel) =>
        {
            var corrected = estimates[estimator].Nats - estimates[estimator].Bias;
            return new Information(estimates[estimator].Nats, corrected, Share(corrected, estimator), chances[channel], discoveries[channel]);
        })];
    }

    private double Share(double nats, int estimator) => estimators[estimator].Entropy > 0 ? nats / estimators[estimator].Entropy : 0;
}
