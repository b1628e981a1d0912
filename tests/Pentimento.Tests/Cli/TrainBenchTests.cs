using Pentimento.Cli.Speed;
using Pentimento.Networks;

namespace Pentimento.Tests.Cli;

public sealed class TrainBenchTests
{
    [Fact]
    public void Explaining_is_measured_too() =>
        Assert.True(Command.Succeed("bench", "grad-cam", "--limit", "50", "--json").Json["benchmarks"]![0]!["value"]!.GetValue<double>() > 0);

    [Fact]
    public void Operations_are_those_counted_by_hand()
    {
        using var network = new Cnn3().Build(new(28, 28, 3), 10, new(1));

        // Products of one image: 784 places x 27 x 32, 196 x 288 x 64, 49 x 576 x 64, 576 x 128, 128 x 10: 6,171,392. Two operations each,
        // three times over, but
        // for the gradient of the image itself, which nobody needs.
        Assert.Equal((6 * 6_171_392) - (2 * 784 * 27 * 32), TrainBench.FlopsPerImage(network));
    }

    [Fact]
    public void It_measures_training_beside_a_plain_one_and_a_matrix_product()
    {
        var benchmarks = Command.Succeed("bench", "train", "--limit", "256", "--json").Json["benchmarks"]!.AsArray().ToDictionary(
            benchmark => benchmark!["name"]!.GetValue<string>(), benchmark => benchmark!["value"]!.GetValue<double>());

        Assert.All(benchmarks.Values, value => Assert.InRange(value, 1e-6, 1e9));
        Assert.Equal(benchmarks["train"] / benchmarks["train-plain"], benchmarks["train-over-plain"], 1e-6);
        Assert.Equal(100 * benchmarks["train-arithmetic"] / benchmarks["matmul"], benchmarks["train-over-matmul"], 1e-6);
        Assert.Equal(benchmarks["train"] * 35_673_600 / 1e9, benchmarks["train-arithmetic"], 1e-6);
        Assert.Contains("irm-over-irm-plain", benchmarks.Keys);
        // A step of an objective is the network's own step and a little more, even where rounds of one step are measured.
        Assert.InRange(benchmarks["v-rex-over-erm"], 0.3, 3);
        Assert.InRange(benchmarks["irm-over-erm"], 0.3, 3);
        Assert.Equal(benchmarks["train-bfloat16"] / benchmarks["train"], benchmarks["train-bfloat16-over-float32"], 1e-6);
    }

    [Fact]
    public void Less_than_a_batch_is_refused() =>
        Assert.Contains("at least 256 images, got 100", Command.Complaint(1, "bench", "train", "--limit", "100"));
}
