using Google.Protobuf;
using global::Onnx;
using Pentimento.Networks;
using Pentimento.Training;
using static Pentimento.Tests.Networks.Onnx.OnnxGraphs;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>Equal tensors that an exporter merged, and tied ones.</summary>
public sealed class SharedTensorsTests
{
    private static readonly string[] OfNorm = ["scale", "shift", "mean", "variance"];

    [Theory]
    [InlineData("identities", 8)]
    [InlineData("directly", 8)]
    [InlineData("identities", 3)]
    public void What_was_equal_is_trained_apart_written_and_run_by_onnx_runtime(string how, int version)
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        var model = Fresh(how == "identities", version);
        using var network = ModelFile.Read(scratch.Write("in.onnx", model.ToByteArray()));
        var images = RoundTripTests.Images(1, 8, 8);
        Assert.True(network.call(images).allclose(OnnxRuntimeOracle.Run(scratch.At("in.onnx"), images), 1e-4, 1e-5));

        Trainer.Train(network, new() { Epochs = 1, Batch = 24 }, new([TinyProblem.Separable(24)]), TrainingLog.Empty, RunContext.OnCpu());

        // Scale and shift learn of both normalisations, the two kernels, and the last map's two; each mean and variance is counted.
        Assert.Equal(8, network.parameters().Count());
        Assert.Equal(4, Statistics(network).Count);
        Assert.Equal(4, Statistics(network).Values.Select(statistic => statistic[0].item<float>()).Distinct().Count());
        ModelFile.Write(scratch.At("out.onnx"), network, "");
        using var still = no_grad();
        var trained = network.call(images);
        Assert.True(trained.allclose(OnnxRuntimeOracle.Run(scratch.At("out.onnx"), images), 1e-4, 1e-5));
        using var again = ModelFile.Read(scratch.At("out.onnx"));
        Assert.Equal(trained.data<float>().ToArray(), again.call(images).data<float>().ToArray());
        var written = ModelProto.Parser.ParseFrom(File.ReadAllBytes(scratch.At("out.onnx"))).Graph;
        Assert.DoesNotContain(written.Node, node => node.OpType == "Identity");
        Assert.Equal(written.Initializer.Count, written.Initializer.DistinctBy(tensor => tensor.Name).Count());
        if (version == 3) Assert.Empty(written.Initializer.Select(tensor => tensor.Name).Except(written.Input.Select(input => input.Name)));
        using var python = new TorchPython();
        python.Run("onnx_check", scratch.At("out.onnx"));
    }

    [Fact]
    public void A_kernel_that_two_convolutions_name_is_one_parameter()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        var model = Model([0, 1, 8, 8], graph =>
        {
            var kernel = graph.Weights("kernel", 1, 1, 3, 3);
            graph.Node("Conv", ["x", kernel], ["a"], Ints("pads", 1, 1, 1, 1));
            graph.Node("Relu", ["a"], ["b"]);
            graph.Node("Conv", ["b", kernel], ["c"], Ints("pads", 1, 1, 1, 1));
            graph.Node("Flatten", ["c"], ["d"]);
            graph.Node("MatMul", ["d", graph.Weights("last", 64, 3)], ["y"]);
        });
        using var network = ModelFile.Read(scratch.Write("tied.onnx", model.ToByteArray()));

        Assert.Equal(2, network.parameters().Count());
    }

    private static Dictionary<string, Tensor> Statistics(Classifier network) =>
        network.state_dict().Where(pair => pair.Key.Contains("running", StringComparison.Ordinal)).ToDictionary();

    /// <summary>Two normalisations with scales of 1, shifts of 0, means of 0 and variances of 1, each kept once in the file.</summary>
    private static ModelProto Fresh(bool identities, int version)
    {
        var model = Model([0, 1, 8, 8], graph =>
        {
            var (one, zero) = (Vector(graph, "one", 1), Vector(graph, "zero", 0));
            string[] shared = [one, zero, zero, one];
            string Given(string norm, int at)
            {
                // The first is the parameter itself, as in PyTorch's exports.
                if (!identities || (norm == "first" && at < 2)) return shared[at];
                return graph.Node("Identity", [shared[at]], [$"{norm}.{OfNorm[at]}"]).Output[0];
            }

            graph.Node("Conv", ["x", graph.Weights("first.weight", 4, 1, 3, 3)], ["a"], Ints("pads", 1, 1, 1, 1));
            graph.Node("BatchNormalization", ["a", .. Enumerable.Range(0, 4).Select(at => Given("first", at))], ["b"]);
            graph.Node("Relu", ["b"], ["c"]);
            graph.Node("Conv", ["c", graph.Weights("second.weight", 4, 4, 3, 3)], ["d"], Ints("pads", 1, 1, 1, 1));
            graph.Node("BatchNormalization", ["d", .. Enumerable.Range(0, 4).Select(at => Given("second", at))], ["e"]);
            graph.Node("Relu", ["e"], ["f"]);
            graph.Node("GlobalAveragePool", ["f"], ["g"]);
            graph.Node("Flatten", ["g"], ["h"]);
            graph.Node("Gemm", ["h", graph.Weights("last.weight", 3, 4), graph.Weights("last.bias", 3)], ["y"], Int("transB", 1));
        }, opset: version == 3 ? 8 : 13);
        model.IrVersion = version;
        if (version == 3) model.Graph.Input.AddRange(model.Graph.Initializer.Select(tensor => Value(tensor.Name, [.. tensor.Dims])));
        return model;
    }

    private static string Vector(GraphProto graph, string name, float value)
    {
        using var values = full(4, value);
        return new OnnxBuilder(graph) { Opset = 13 }.Weight(name, values);
    }
}
