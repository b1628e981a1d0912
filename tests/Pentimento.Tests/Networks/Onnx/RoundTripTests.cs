using Google.Protobuf;
using global::Onnx;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Networks.Onnx;
using Pentimento.Training;
using static Pentimento.Tests.Networks.Onnx.OnnxGraphs;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>Networks that go out as ONNX and come back, and files that go out in the form in which they came.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData("cnn3")]
    [InlineData("cnn3:pooling=channel-wise,stem=gaussian")]
    [InlineData("lenet5:activation=tanh,pooling=mean")]
    [InlineData("mlp")]
    [InlineData("resnet18")]
    [InlineData("resnet18:stem=imagenet")]
    [InlineData("flattened:network=(cnn3),layer=pool2")]
    public void Our_own_networks_are_run_by_onnx_runtime_and_read_back(string spec)
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Catalog.Read<Pentimento.Networks.Architecture>(spec).Build(new(28, 28, 3), 5, new(1));
        ModelFile.Write(scratch.At("own.onnx"), network, "");
        var images = Images(3, 28, 28);
        var expected = network.call(images);

        using var back = ModelFile.Read(scratch.At("own.onnx"));

        Assert.True(expected.allclose(OnnxRuntimeOracle.Run(scratch.At("own.onnx"), images), 1e-4, 1e-5));
        Assert.True(expected.allclose(back.call(images), 1e-4, 1e-5));
        Assert.Equal((network.Shape, network.Classes), (back.Shape, back.Classes));
    }

    [Fact]
    public void A_file_is_trained_one_step_written_and_run_by_onnx_runtime_with_its_graph_and_opset_kept()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        var model = Residual();
        File.WriteAllBytes(scratch.At("in.onnx"), model.ToByteArray());
        using var network = ModelFile.Read(scratch.At("in.onnx"));
        var images = Images(1, 8, 8);
        var before = network.call(images).detach();
        Trainer.Train(network, new() { Epochs = 1, Batch = 24 }, new([TinyProblem.Separable(24)]), TrainingLog.Empty, RunContext.OnCpu());

        ModelFile.Write(scratch.At("out.onnx"), network, "one step");
        using var still = no_grad();
        var trained = network.call(images);

        Assert.False(before.allclose(trained, 1e-3));
        Assert.True(trained.allclose(OnnxRuntimeOracle.Run(scratch.At("out.onnx"), images), 1e-4, 1e-5));
        using var again = ModelFile.Read(scratch.At("out.onnx"));
        Assert.Equal(trained.data<float>().ToArray(), again.call(images).data<float>().ToArray());
        var written = ModelProto.Parser.ParseFrom(File.ReadAllBytes(scratch.At("out.onnx")));
        Assert.Equal(model.OpsetImport, written.OpsetImport);
        Assert.Equal(model.Graph.Node, written.Graph.Node);
        Assert.Equal(network.Architecture, again.Architecture with { } is OnnxGraph graph ? graph with { File = scratch.At("in.onnx") } : null);
    }

    [Fact]
    public void Safetensors_keep_the_graph_so_that_the_file_is_no_longer_needed()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        File.WriteAllBytes(scratch.At("in.onnx"), Residual().ToByteArray());
        using var network = ModelFile.Read(scratch.At("in.onnx"), preprocess: Preprocess.Parse("mean=0.5,std=0.25")).Named(["a", "b", "c"]);
        ModelFile.Write(scratch.At("m.safetensors"), network, "");
        File.Delete(scratch.At("in.onnx"));
        var images = Images(1, 8, 8);

        using var back = ModelFile.Read(scratch.At("m.safetensors"));
        ModelFile.Write(scratch.At("out.onnx"), back, "");
        using var third = ModelFile.Read(scratch.At("out.onnx"));

        Assert.Equal(network.call(images).data<float>().ToArray(), back.call(images).data<float>().ToArray());
        Assert.Equal(network.Architecture, back.Architecture);
        Assert.Equal(["a", "b", "c"], back.ClassNames);
        Assert.Equal(["a", "b", "c"], third.ClassNames);
        // The file's own graph reads what the preprocessing makes; the metadata say which.
        Assert.True(network.call(images).allclose(OnnxRuntimeOracle.Run(scratch.At("out.onnx"), (images - 0.5) / 0.25), 1e-4, 1e-5));
        Assert.Equal(network.call(images).data<float>().ToArray(), third.call(images).data<float>().ToArray());
    }

    [Fact]
    public void A_layer_without_an_onnx_form_is_refused_and_nothing_is_written()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        File.WriteAllBytes(scratch.At("in.onnx"), Residual().ToByteArray());
        using var network = ModelFile.Read(scratch.At("in.onnx"));
        using var changed = network.With(network.Architecture, network.LastRelu, _ => new("odd", LayerKind.Other, (x, _) => x.neg()));

        var message = Assert.Throws<BadInputException>(() => ModelFile.Write(scratch.At("out.onnx"), changed, "")).Message;

        Assert.Contains("'odd' has no ONNX form", message, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.At("out.onnx")));
    }

    [Fact]
    public void A_layer_put_in_becomes_a_node()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        File.WriteAllBytes(scratch.At("in.onnx"), Residual().ToByteArray());
        using var network = ModelFile.Read(scratch.At("in.onnx"));
        var images = Images(1, 8, 8);
        using var changed = network.With(network.Architecture, network.LastRelu, _ => Layer.Tanh("squashed"));

        ModelFile.Write(scratch.At("out.onnx"), changed, "");

        Assert.False(changed.call(images).allclose(network.call(images), 1e-3));
        Assert.True(changed.call(images).allclose(OnnxRuntimeOracle.Run(scratch.At("out.onnx"), images), 1e-4, 1e-5));
    }

    /// <summary>A convolution, a residual block with batch normalisation, the mean of maps and a linear map of three classes.</summary>
    internal static ModelProto Residual(int opset = 13) => Model([0, 1, 8, 8], graph =>
    {
        graph.Node("Conv", ["x", graph.Weights("first.weight", 4, 1, 3, 3), graph.Weights("first.bias", 4)], ["a"], Ints("pads", 1, 1, 1, 1));
        graph.Node("Relu", ["a"], ["b"]);
        graph.Node("Conv", ["b", graph.Weights("second.weight", 4, 4, 3, 3)], ["c"], Ints("pads", 1, 1, 1, 1));
        graph.Node("BatchNormalization",
            ["c", graph.Weights("scale", 4), graph.Weights("shift", 4), graph.Weights("mean", 4), Positive(graph, "variance", 4)], ["d"]);
        graph.Node("Add", ["d", "b"], ["e"]);
        graph.Node("Relu", ["e"], ["f"]);
        graph.Node("GlobalAveragePool", ["f"], ["g"]);
        graph.Node("Flatten", ["g"], ["h"]);
        graph.Node("Gemm", ["h", graph.Weights("last.weight", 3, 4), graph.Weights("last.bias", 3)], ["y"], Int("transB", 1));
    }, opset);

    internal static Tensor Images(int channels, int height, int width, int count = 4)
    {
        using var dice = new Seed(5).On(CPU);
        return rand([count, channels, height, width], generator: dice);
    }

    private static string Positive(GraphProto graph, string name, int count) =>
        new OnnxBuilder(graph) { Opset = 13 }.Weight(name, ones(count) * 0.7);
}
