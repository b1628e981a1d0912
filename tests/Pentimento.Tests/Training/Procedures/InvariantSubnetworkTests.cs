using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

public sealed class InvariantSubnetworkTests
{
    [Theory]
    [InlineData("units")]
    [InlineData("weights")]
    public void Of_a_network_that_reads_a_shortcut_too_only_what_reads_the_object_is_kept(string pruned)
    {
        using var scope = NewDisposeScope();
        // Two units for the first pixel, which says the class, two for the second, which says it nine times in ten and weighs more: where it is
        // bright without reason the network is wrong, where it is dark the first pixel is enough.
        var network = Lazy();
        var set = Images(200, contradicting: 10);
        var procedure = new InvariantSubnetwork(Enum.Parse<Pruned>(pruned, ignoreCase: true));
        Assert.Equal(0.95, Accuracy(network, set), 1e-9);
        var before = Weight(network);

        using var images = new BiasBalanced(set, set.AttributeOf("light"), 50, RunContext.OnCpu(1));
        var closed = procedure.Extract(network, images, 200, RunContext.OnCpu(1));

        var after = Weight(network);
        Assert.Equal(1, Accuracy(network, set));
        Assert.InRange(closed, 0.2, 0.9);
        // The rows of the second pixel's units are 0; no weight is another number than before.
        Assert.Equal([0f, 0f, 0f, 0f], after[4..]);
        Assert.All(after.Zip(before), pair => Assert.True(pair.First == 0 || pair.First == pair.Second));
        Assert.Equal((before[0], before[2]), (after[0], after[2]));
    }

    [Fact]
    public void The_information_is_none_of_what_is_apart_and_all_of_what_is_the_same()
    {
        using var scope = NewDisposeScope();
        var bias = tensor(new long[] { 0, 0, 1, 1 });
        double Of(params float[] answers) => BiasHead.Information(tensor(answers).view(4, 2), bias, 2).item<float>();

        Assert.Equal(0, Of(0.7f, 0.3f, 0.7f, 0.3f, 0.7f, 0.3f, 0.7f, 0.3f), 1e-6);
        Assert.Equal(Math.Log(2), Of(1, 0, 1, 0, 0, 1, 0, 1), 1e-6);
        // Right three times in four: ln 2 less the entropy of 1/4.
        Assert.Equal(
            Math.Log(2) + (0.75 * Math.Log(0.75)) + (0.25 * Math.Log(0.25)),
            Of(0.75f, 0.25f, 0.75f, 0.25f, 0.25f, 0.75f, 0.25f, 0.75f), 1e-6);
    }

    [Fact]
    public void In_a_swapped_batch_the_bias_is_the_class_of_whoever_gave_the_cue()
    {
        using var scope = NewDisposeScope();
        // The images of class 1 are all bright: whoever got such a border has a donor of class 1.
        var pixels = Enumerable.Range(0, 12).SelectMany(at => Enumerable.Repeat((byte)(at % 2 == 0 ? 10 : 240), 64)).ToArray();
        var set = new ImageSet("frames", pixels, [.. Enumerable.Range(0, 12).Select(at => (long)(at % 2))], [], new(8, 8, 1));
        using var batches = new CueSwapped(set, 2, "border:width=1", 8, RunContext.OnCpu(3));

        var batch = batches.Next(0);

        Assert.Equal(8, batch.Images.shape[0]);
        float[] Row(int row) => [.. batch.Images.select(2, row).select(2, row).flatten().data<float>()];
        Assert.Equal(batch.Labels.data<long>().ToArray(), Row(4).Select(value => value > 0.5f ? 1L : 0));
        var corner = Row(0);
        Assert.Equal(batch.Bias.data<long>().ToArray(), corner.Select(value => value > 0.5f ? 1L : 0));
        Assert.True(batch.Bias.ne(batch.Labels).any().item<bool>());
    }

    private static Classifier Lazy()
    {
        var network = new Mlp("4").Build(new(1, 2, 1), 2, new(1));
        Weights.Put(network, new Dictionary<string, NpyArray>
        {
            ["fc1.weight"] = new(new float[] { 1, 0, 1, 0, 0, 2, 0, 2 }, 4, 2),
            ["fc1.bias"] = new(new float[4], 4),
            ["fc2.weight"] = new(new float[] { -1, -1, -1, -1, 1, 1, 1, 1 }, 2, 4),
            ["fc2.bias"] = new(new[] { 0.5f, -0.5f }, 2),
        }, "the test");
        return network;
    }

    /// <summary>Two pixels: the first says the class, the second, the light, contradicts it in one of so many images.</summary>
    private static ImageSet Images(int count, int contradicting)
    {
        long[] labels = [.. Enumerable.Range(0, count).Select(at => (long)(at / contradicting % 2))];
        long[] light = [.. labels.Select((label, at) => at % contradicting == 0 ? 1 - label : label)];
        byte[] pixels = [.. labels.Zip(light).SelectMany(pair => new[] { (byte)(255 * pair.First), (byte)(255 * pair.Second) })];
        return new ImageSet("lights", pixels, labels, [], new(1, 2, 1)).With("light", light);
    }

    private static double Accuracy(Classifier network, ImageSet set) => Predictions.Of(network, set, RunContext.OnCpu()).Accuracy.Value;

    private static float[] Weight(Classifier network) => network.get_parameter("fc1.weight")!.flatten().data<float>().ToArray();
}
