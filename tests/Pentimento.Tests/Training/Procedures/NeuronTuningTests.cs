using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

public sealed class NeuronTuningTests
{
    [Fact]
    public void A_features_biasedness_is_the_median_of_the_wrong_less_that_of_the_right_class_by_class()
    {
        using var scope = NewDisposeScope();
        var features = tensor(new float[] { 1, 0, 2, 0, 9, 5, 4, 1, 6, 3, 7, 7 }).view(6, 2);
        long[] labels = [0, 0, 0, 0, 0, 1];
        bool[] correct = [true, true, true, false, false, true];

        var found = NeuronTuning.Biasedness(features, labels, correct, 2, standardErrors: 0);

        // Wrong of class 0: (4, 1), (6, 3), medians 5 and 2; right: (1, 0), (2, 0), (9, 5), medians 2 and 0. Class 1 has no wrong one.
        Assert.Equal([3, 2, float.NegativeInfinity, float.NegativeInfinity], found.flatten().data<float>().ToArray());
    }

    [Fact]
    public void The_medians_standard_error_is_taken_off()
    {
        using var scope = NewDisposeScope();
        var features = tensor(new float[] { 0, 2, 5, 9 }).view(4, 1);

        var found = NeuronTuning.Biasedness(features, [0, 0, 0, 0], [true, true, false, false], 1, standardErrors: 1);

        // Medians 1 and 7; squares of 2 and 8 about the means, of four images and two means.
        Assert.Equal(6 - Math.Sqrt(Math.PI / 2 * (10 / 2.0) * (0.5 + 0.5)), found.item<float>(), 5);
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(4, 2)]
    public void With_ten_classes_and_few_errors_chance_accuses_nearly_every_feature_unless_a_median_must_surely_be_larger(
        double standardErrors, int accused)
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).On(CPU);
        var features = randn([2000, 64], float32, generator: generator);
        long[] labels = [.. Enumerable.Range(0, 2000).Select(at => (long)(at % 10))];
        bool[] correct = [.. Enumerable.Range(0, 2000).Select(at => at % 20 >= 10 || at % 37 > 5)];

        var found = NeuronTuning.Biasedness(features, labels, correct, 10, standardErrors).gt(0).any(0).sum().item<long>();

        Assert.True(standardErrors == 0 ? found == accused : found <= accused, $"{found}");
    }

    [Fact]
    public void A_feature_that_is_larger_in_errors_is_set_to_zero_and_the_others_are_fitted_anew()
    {
        using var scope = NewDisposeScope();
        // Two pixels: the first says the class, the second is lit in half of class 0 and tips the prediction.
        float[] weights = [0, 0, 1, 2];
        using var network = new Mlp("2").Build(new(1, 2, 1), 2, new(1));
        Weights.Put(network, new Dictionary<string, NpyArray>
        {
            ["fc1.weight"] = new(new float[] { 1, 0, 0, 1 }, 2, 2),
            ["fc1.bias"] = new(new float[2], 2),
            ["fc2.weight"] = new(weights, 2, 2),
            ["fc2.bias"] = new(new[] { 0.5f, 0 }, 2),
        }, "the test");
        var set = new ImageSet(
            "lights",
            [.. Enumerable.Range(0, 40).SelectMany(at => at % 2 == 0 ? [(byte)(at % 5), at % 4 == 0 ? (byte)255 : (byte)0] : (byte[])[255, 0])],
            [.. Enumerable.Range(0, 40).Select(at => (long)(at % 2))], [], new(1, 2, 1));
        Assert.Equal(0.75, Predictions.Of(network, set, RunContext.OnCpu()).Accuracy.Value);

        new NeuronTuning().Tune(network, set, RunContext.OnCpu());

        Assert.Equal(1, Predictions.Of(network, set, RunContext.OnCpu()).Accuracy.Value);
        Assert.Equal([0, 0], network.get_parameter("fc2.weight")!.select(1, 1).data<float>().ToArray());
    }
}
