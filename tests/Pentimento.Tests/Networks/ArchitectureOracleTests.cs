using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

/// <summary>
/// Answers of PyTorch 1.13's own layers and torchvision's resnet18, with weights and images given by formulas that both sides compute.
/// </summary>
public sealed class ArchitectureOracleTests
{
    [Theory]
    [InlineData("lenet5", "28x28x1", -0.2275078, -0.4100816, -0.5488613, -0.6277741, -0.214505, -0.4147975, -0.5707687, -0.664424)]
    [InlineData(
        "lenet5:activation=tanh,pooling=mean,padding=0",
        "32x32x1",
        -0.6476843,
        -1.246157,
        -1.70737,
        -1.979208,
        -0.6482552,
        -1.254934,
        -1.723375,
        -2.00065
    )]
    [InlineData("mlp:hidden=20-12", "8x8x3", -0.06676593, -0.01332515, 0.2829222, 0.01306664, -0.03033988, -0.04567552, 0.2639027, 0.05565072)]
    [InlineData("resnet18", "16x16x3", 6.022982, 11.45609, 7.469332, -2.630338, 4.537793, 8.864851, 5.916565, -1.85954)]
    [InlineData("resnet18:stem=imagenet", "48x40x3", 5.602575, 10.73732, 7.04705, -2.406641, 5.499584, 10.55671, 6.938294, -2.353532)]
    public void Logits_are_pytorchs(string spec, string size, params double[] expected)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Filled(spec, size);

        var logits = network.call(Images(network.Shape)).data<float>().ToArray();

        for (var at = 0; at < expected.Length; at++) Assert.Equal(expected[at], logits[at], 2e-4 * Math.Max(1, Math.Abs(expected[at])));
    }

    [Fact]
    public void Batch_normalisation_keeps_pytorchs_running_statistics_while_training_and_uses_them_afterwards()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Filled("resnet18", "16x16x3");
        var images = Images(network.Shape);
        var before = network.call(images).data<float>().ToArray();

        network.train();
        network.call(images);
        network.eval();

        var state = Weights.Of(network);
        double[] expected = [0.04656586, -0.1369359, -0.01189282, -0.117497, 1.696629, 1.655059, 1.57964, 1.428479];
        var (means, variances) = ((float[])state["bn1.running_mean"].Data, (float[])state["layer2.0.downsample.1.running_var"].Data);
        for (var at = 0; at < 4; at++)
            Assert.Equal((expected[at], expected[at + 4]), (means[at], variances[at]), (ours, theirs) =>
                Math.Abs(ours.Item1 - theirs.Item1) + Math.Abs(ours.Item2 - theirs.Item2) < 1e-5);
        Assert.Equal([4L], (long[])state["bn1.num_batches_tracked"].Data);
        Assert.NotEqual(before, network.call(images).data<float>().ToArray());
        // In evaluation an image's answer does not depend on its neighbours.
        Assert.True(network.call(images).slice(0, 0, 1, 1).allclose(network.call(images.slice(0, 0, 1, 1)), rtol: 1e-4, atol: 1e-4));
    }

    [Fact]
    public void Residual_networks_have_torchvisions_names_and_are_cut_behind_each_block()
    {
        using var network = new ResNet18().Build(new(16, 16, 3), 4, new(1));

        Assert.Equal(
            ["conv1", "bn1", "relu", "layer1.0", "layer1.1", "layer2.0", "layer2.1", "layer3.0", "layer3.1", "layer4.0", "layer4.1", "avgpool", "fc"],
            network.Cuts);
        Assert.Equal("layer4.1", network.LastRelu);
        // torchvision's own state dictionary has 122 entries.
        var weights = Weights.Of(network);
        Assert.Equal(122, weights.Count);
        Assert.Equal([128, 64, 1, 1], weights["layer2.0.downsample.0.weight"].Shape);
        // N(0, 2 / (9 * 128)): 147,456 draws pin the deviation to a quarter of a percent.
        var drawn = (float[])weights["layer2.1.conv1.weight"].Data;
        Assert.Equal(Math.Sqrt(2.0 / (9 * 128)), Math.Sqrt(drawn.Average(value => value * value)), 0.01 * Math.Sqrt(2.0 / (9 * 128)));
    }

    [Theory]
    [InlineData("mlp:hidden=20-x")]
    [InlineData("mlp:hidden=0")]
    [InlineData("mlp:hidden=99999999")]
    public void Hidden_layers_that_cannot_be_are_refused(string spec) =>
        Assert.Contains("joined by hyphens", Assert.Throws<BadInputException>(() => Filled(spec, "8x8x1")).Message);

    [Fact]
    public void A_perceptron_without_hidden_layers_is_linear_and_one_of_an_odd_number_of_inputs_has_no_image()
    {
        using var network = Filled("mlp:hidden=", "8x8x1");

        Assert.Equal(["fc1"], network.Cuts);
        Assert.Contains(
            "no square image",
            Assert.Throws<BadInputException>(() => new Mlp("").Infer(new Dictionary<string, long[]> { ["fc1.weight"] = [10, 785] })).Message);
    }

    private static Classifier Filled(string spec, string size)
    {
        int[] sides = [.. size.Split('x').Select(int.Parse)];
        var network = Catalog.Read<Pentimento.Networks.Architecture>(spec).Build(new(sides[0], sides[1], sides[2]), 4, new(1));
        Weights.Put(network, Weights.Of(network).ToDictionary(pair => pair.Key, pair => Formula(pair.Key, pair.Value)), "formula");
        return network;
    }

    private static NpyArray Formula(string name, NpyArray place)
    {
        if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal)) return new(new[] { 3L }, place.Shape);
        var inputs = place.Shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        var (offset, scale) = place.Shape.Length > 1 ? (0, Math.Sqrt(3.0 / inputs))
            : name.Contains("running_var", StringComparison.Ordinal) ? (1, 0.5)
            : name.EndsWith("bias", StringComparison.Ordinal) || name.Contains("running_mean", StringComparison.Ordinal) ? (0, 0.1)
            : (1, 0.25);
        return new(
            Enumerable.Range(0, place.Data.Length).Select(at => (float)(offset + (scale * Math.Sin((0.37 * at) + name.Length)))).ToArray(),
            place.Shape);
    }

    private static Tensor Images(ImageShape shape) =>
        tensor(Enumerable.Range(0, 2 * shape.Size).Select(at => (float)(0.5 + (0.5 * Math.Sin(0.11 * at)))).ToArray())
            .view(2, shape.Channels, shape.Height, shape.Width);
}
