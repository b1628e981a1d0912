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

    /// <summary>Estimates the information of every channel.</summary>
    /// <param name="permutations">Number of permutations for each p-value; 0 for none.</param>
    /// <param name="run">Reports progress and can be cancelled; its seed determines the permutations.</param>
    public IReadOnlyList<ChannelInformation> Run(int permutations, RunContext run)
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

        var columns = Enumerable.Range(0, estimators.Length).Select(at => Column(at, observed, exceedances, permutations)).ToArray();
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

    private Information[] Column(int estimator, (double Nats, double Bias)[][] observed, int[][] exceedances, int permutations)
    {
        double[] chances = [.. exceedances.Select(counts => (1.0 + counts[estimator]) / (1 + permutations))];
        var discoveries = FalseDiscovery.Adjust(chances);
        return [.. observed.Select((estimates, channel) =>
        {
            var corrected = estimates[estimator].Nats - estimates[estimator].Bias;
            return new Information(estimates[estimator].Nats, corrected, Share(corrected, estimator), chances[channel], discoveries[channel]);
        })];
    }

    private double Share(double nats, int estimator) => estimators[estimator].Entropy > 0 ? nats / estimators[estimator].Entropy : 0;
}
