using Google.Protobuf;
using global::Onnx;
using Pentimento.Networks;
using static Pentimento.Tests.Networks.Onnx.OnnxGraphs;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>Networks as Keras and tf2onnx write them: activations between transpositions, (N, H, W, C).</summary>
public sealed class ChannelsLastTests
{
    [Fact]
    public void Their_activations_are_maps_like_any_other()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var file = scratch.Write("keras.onnx", Keras().ToByteArray());
        using var network = ModelFile.Read(file);
        var images = RoundTripTests.Images(3, 6, 8);

        var maps = network.Head(images, network.LastRelu);

        Assert.Equal("Scaled_7", network.LastRelu);
        Assert.Equal([4, 5, 6, 8], maps.shape);
        var features = network.Open(images).Features;
        Assert.True(features.allclose(maps.mean([2, 3]), 1e-5, 1e-6));
        Assert.True(network.Tail(maps, network.LastRelu).allclose(network.call(images), 1e-5, 1e-6));
        Assert.True(network.call(images).allclose(OnnxRuntimeOracle.Run(file, images.permute(0, 2, 3, 1)), 1e-4, 1e-5));
    }

    [Fact]
    public void What_is_put_behind_them_is_written_between_transpositions()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = ModelFile.Read(scratch.Write("keras.onnx", Keras().ToByteArray()));
        var images = RoundTripTests.Images(3, 6, 8);
        // Each channel gets a weight of its own, so that no other order of dimensions does.
        var weights = arange(5).to_type(float32).view(1, 5, 1, 1);
        using var once = network.With(network.Architecture, network.LastRelu, _ => Weighted("weighted", weights));
        using var changed = once.With(once.Architecture, "weighted", _ => Weighted("again", weights + 1));

        ModelFile.Write(scratch.At("out.onnx"), changed, "");

        Assert.False(changed.call(images).allclose(network.call(images), 1e-3));
        Assert.True(changed.call(images).allclose(OnnxRuntimeOracle.Run(scratch.At("out.onnx"), images.permute(0, 2, 3, 1)), 1e-4, 1e-5));
    }

    private static Layer Weighted(string name, Tensor weights) => new(name, LayerKind.Other, (x, _) => x * weights)
    {
        Maps = true,
        Form = (writer, inputs) => writer.With("Mul", name, inputs[0], weights),
    };

    /// <summary>A convolution, its activation and a scaling, the last two with channels last; then their mean and a linear map.</summary>
    private static ModelProto Keras() => Model([0, 6, 8, 3], graph =>
    {
        graph.Node("Transpose", ["x"], ["t"], Ints("perm", 0, 3, 1, 2));
        graph.Node("Conv", ["t", graph.Weights("k", 5, 3, 3, 3)], ["c"], Ints("pads", 1, 1, 1, 1));
        graph.Node("Transpose", ["c"], ["n"], Ints("perm", 0, 2, 3, 1));
        graph.Node("Add", ["n", graph.Weights("shift", 5)], ["s"]);
        graph.Node("Mul", ["s", graph.Weights("scale", 5)], ["r"]);
        graph.Node("Identity", ["r"], ["i"]);
        graph.Node("Dropout", ["i"], ["d"]);
        graph.Node("Relu", ["d"], ["m"]).Name = "Scaled_7";
        graph.Node("ReduceMean", ["m"], ["f"], Ints("axes", 1, 2), Int("keepdims", 0));
        graph.Node("MatMul", ["f", graph.Weights("dense", 5, 4)], ["y"]);
    });
}
