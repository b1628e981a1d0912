namespace Pentimento.Probing;

/// <summary>The stability of a ranking of neurons under resampling of the images.</summary>
internal static class BootstrapAgreement
{
    /// <summary>The mean rank correlation between the neurons' I(n; digit) in the two halves of a sample, over many samples: 1 for a
    /// stable ranking.</summary>
    /// <param name="table">The activations.</param>
    /// <param name="binning">The discretization; edges are computed in each half anew.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="images">Number of images in each half.</param>
    /// <param name="run">Reports progress and can be cancelled; its seed determines the samples.</param>
    /// <param name="threads">Cores to use, 0 for all.</param>
    public static double Of(ActivationTable table, Binning binning, int samples, int images, RunContext run, int threads = 0)
    {
        Require.That(samples > 0 && 2 * images <= table.Count, $"{table.Name}: two halves of {images} images cannot be drawn from {table.Count}.");
        var (random, places, total) = (new SplitMix64(run.Seed.For("halves")), Enumerable.Range(0, table.Count).ToArray(), 0.0);
        for (var sample = 0; sample < samples; sample++)
        {
            for (var at = 0; at < 2 * images; at++)
            {
                var other = at + random.Below(places.Length - at);
                (places[at], places[other]) = (places[other], places[at]);
            }

            total += RankCorrelation.Of(
                Digits(table, places[..images], binning, run, threads),
                Digits(table, places[images..(2 * images)], binning, run, threads));
            run.Report(new("halves", sample + 1, samples));
        }

        return total / samples;
    }

    private static double[] Digits(ActivationTable table, int[] places, Binning binning, RunContext run, int threads)
    {
        var half = new ActivationTable(
            table.Name,
            [.. table.Channels.Select(activations => Array.ConvertAll(places, at => activations[at]))],
            Array.ConvertAll(places, at => table.Labels[at]),
            Array.ConvertAll(places, at => table.Colors[at]));
        return [.. new MutualInformationTest(half, binning, run, threads).Run(0, run).Select(activation => activation.Digit.Nats)];
    }
}
