using CsCheck;
using Pentimento.Data;
using Pentimento.Probing;

namespace Pentimento.Tests.Probing;

/// <summary>The small functions that probing stands on, against numbers worked out elsewhere.</summary>
public sealed class ProbingNumbersTests
{
    [Fact]
    public void False_discoveries_are_adjusted_as_benjamini_and_hochberg_say() =>
        // p * 6 / rank, made monotone from the largest down.
        Assert.Equal(
            [0.03, 0.048, 0.045, 0.03, 0.5, 0.045],
            FalseDiscovery.Adjust([0.01, 0.04, 0.03, 0.005, 0.5, 0.03]).Select(value => Math.Round(value, 12)));

    [Fact]
    public void Rank_correlation_shares_ranks_between_equals()
    {
        Assert.Equal(1, RankCorrelation.Of([1, 2, 3], [10, 20, 1000]), 1e-12);
        Assert.Equal(-1, RankCorrelation.Of([1, 2, 3], [3, 2, 1]), 1e-12);
        Assert.Equal(0, RankCorrelation.Of([1, 2, 3], [5, 5, 5]));
        // Ranks 0.5, 0.5, 2, 3 and 0, 1, 2, 3: scipy.stats.spearmanr([1, 1, 2, 3], [1, 2, 3, 4]).
        Assert.Equal(0.9486832980505138, RankCorrelation.Of([1, 1, 2, 3], [1, 2, 3, 4]), 1e-12);
    }

    [Fact]
    public void Zeros_have_a_bin_of_their_own_and_answers_on_an_edge_belong_above_it()
    {
        // The edge between the two halves of 1, 2, 3 is 2.
        Assert.Equal([0, 1, 2, 2, 0], new QuantileBins(2).Discretize([0, 1, 2, 3, 0]).Indices.Select(kind => (int)kind));
        Assert.Equal([0, 0, 1], new ThresholdBins(1).Discretize([0, 1, 1.5]).Indices.Select(kind => (int)kind));
        Assert.Equal([0, 0], new QuantileBins().Discretize([0, 0]).Indices.Select(kind => (int)kind));
    }

    [Fact]
    public void Quantiles_of_any_values_are_those_of_the_sorted_ones() =>
        Gen.Double[-1e307, 1e307]
            .Array[1, 300]
            .Select(Gen.Double[0, 1])
            .Sample(
                (values, share) =>
                {
                    // Some values repeat, one is far from all others.
                    double[] all = [.. values, .. values.Take(5), 1e-3, 2e-3, 0];
                    var sorted = all.Order().ToArray();
                    var place = share * (sorted.Length - 1);
                    var (before, low, high) = (
                        sorted[Math.Max((int)place - 1, 0)],
                        sorted[(int)place],
                        sorted[Math.Min((int)place + 1, sorted.Length - 1)]);

                    var found = new BucketSortedValues(all).Quantile(share);

                    // The share of a rank, multiplied back, may fall a hair short of the rank: then a hair of the path to the neighbour
                    // before is left.
                    return found >= low
                        && found <= high
                        && new BucketSortedValues(all).Quantile(Math.Floor(place) / (sorted.Length - 1)) is var exact
                        && (exact == low || Math.Abs(exact - low) <= (high - before) * 1e-9);
                }
            );

    [Fact]
    public void A_sparse_detector_keeps_its_information()
    {
        // Answers 5% of the images, always rightly; with zeros among the quantiles too, as one bin's edge falls on 0.
        var digits = Enumerable.Range(0, 2000).Select(at => at % 20L).ToArray();
        var answer = new MutualInformationTest(
            new(
                "sparse",
                [
                    [.. digits.Select((digit, at) => digit == 3 ? 1.0 + at : 0)],
                ],
                digits,
                new long[2000]),
            new QuantileBins(),
            RunContext.OnCpu()
        ).Run(0, RunContext.OnCpu())[0];

        // Knowing whether it is a 3: H(1/20).
        Assert.Equal(-(0.05 * Math.Log(0.05)) - (0.95 * Math.Log(0.95)), answer.Digit.Nats, 1e-9);
    }

    [Fact]
    public void Activations_of_anybody_are_read_and_bad_ones_refused()
    {
        using var scratch = new Scratch();
        string Write(string name, NpyArray activations, long labels)
        {
            Npz.Write(
                scratch.At(name),
                [new("activations", activations), new("labels", new(new long[labels], labels)), new("colors", new(new int[labels], labels))]);
            return scratch.At(name);
        }

        var table = ActivationTable.Read(Write("good.npz", new(new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3), 2));

        Assert.Equal([1, 4], table.Channels[0]);
        Assert.Equal(["good", "2", "3"], [table.Name, $"{table.Count}", $"{table.Channels.Count}"]);
        Assert.Contains(
            "N = 3",
            Assert.Throws<BadInputException>(() => ActivationTable.Read(Write("short.npz", new(new float[6], 2, 3), 3))).Message);
        Assert.Contains(
            "infinite",
            Assert.Throws<BadInputException>(() => ActivationTable.Read(Write("nan.npz", new(new double[] { 1, double.NaN }, 2, 1), 2))).Message);
        Assert.Contains("activations", Assert.Throws<BadInputException>(() => ActivationTable.Read(Oracle.At("images.npz"))).Message);
        Assert.Throws<BadInputException>(() => ActivationTable.Read(Write("whole.npz", new(new long[2], 2, 1), 2)));
        Assert.Throws<BadInputException>(() => ActivationTable.Read(Write("none.npz", new(Array.Empty<float>(), 0, 3), 0)));
        Assert.Throws<BadInputException>(() => ActivationTable.Read(Write("flat.npz", new(Array.Empty<float>(), 2, 0), 2)));
    }
}
