namespace Pentimento.Probing;

/// <summary>Whether another sample of images would rank the neurons alike.</summary>
public static class BootstrapAgreement
{
    /// <summary>The mean rank correlation between the neurons' I(n; digit) in the two halves of a sample, over many samples: 1 for a
    /// ranking that can be trusted.</summary>
    /// <param name="table">The answers.</param>
    /// <param name="binning">How answers become kinds; edges are found in each half anew.</param>
    /// <param name="samples">How many samples are drawn.</param>
    /// <param name="images">The images of each half.</param>
    /// <param name="run">Hears about progress; its seed decides the samples.</param>
    /// <param name="threads">Cores to use, 0 for all.</param>
    public static double Of(ActivationTable table, Binning binning, int samples, int images, RunContext run, int threads = 0)
    {
        Require.That(samples > 0 && 2 * images <= table.Count, $"{table.Name}: two halves of {images} images cannot be drawn from {table.Count}.");
        var (dice, places, total) = (new SplitMix64(run.Seed.For("halves")), Enumerable.Range(0, table.Count).ToArray(), 0.0);
        for (var sample = 0; sample < samples; sample++)
        {
            for (var at = 0; at < 2 * images; at++)
            {
                var other = at + dice.Below(places.Length - at);
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
            [.. table.Channels.Select(answers => Array.ConvertAll(places, at => answers[at]))],
            Array.ConvertAll(places, at => table.Labels[at]),
            Array.ConvertAll(places, at => table.Colors[at]));
        return [.. new MutualInformationTest(half, binning, run, threads).Ask(0, run).Select(answer => answer.Digit.Nats)];
    }
}
