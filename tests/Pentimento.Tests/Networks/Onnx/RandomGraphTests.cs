using CsCheck;
using Google.Protobuf;
using global::Onnx;
using Pentimento.Networks;
using static Pentimento.Tests.Networks.Onnx.OnnxGraphs;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>Graphs made at random of operators that are claimed: ONNX Runtime answers the same, and so does the file written back.</summary>
public sealed class RandomGraphTests
{
    private const int Graphs = 60;

    /// <summary>No function that jumps: at a jump, rounding decides.</summary>
    private static readonly string[] Unary =
    [
        "Relu", "Sigmoid", "Tanh", "Softplus", "Softsign", "Elu", "Selu", "LeakyRelu", "HardSigmoid", "Abs", "Neg", "Erf", "Sin", "Cos",
        "Celu", "Identity", "Dropout", "Atan",
    ];

    private static readonly string[] Binary = ["Add", "Sub", "Mul", "Max", "Min", "Mean", "Sum", "Concat"];

    private static readonly string[] Maps =
    [
        "Conv", "Grouped", "Strided", "Transposed", "MaxPool", "AveragePool", "BatchNormalization", "InstanceNormalization", "LRN", "Pad", "Slice",
        "Transpose", "SpaceToDepth", "DepthToSpace", "Resize", "ReduceMean", "PRelu", "Clip", "Softmax", "LogSoftmax", "Split", "Gather",
        "Tile", "Div",
    ];

    /// <summary>A list of steps; a number above 0 says how far back the second operand lies.</summary>
    private static readonly Gen<(string Step, int Back)[]> Steps =
        Gen.Select(Gen.OneOf(Of(Unary), Of(Binary), Of(Maps)), Gen.Int[1, 4]).Array[1, 9];

    [Fact]
    public void They_answer_as_in_onnx_runtime_and_are_written_back()
    {
        using var scratch = new Scratch();
        Steps.Sample(
            steps =>
            {
                using var scope = NewDisposeScope();
                using var still = no_grad();
                var model = Of(steps);
                var file = scratch.Write("random.onnx", model.ToByteArray());
                var images = RoundTripTests.Images(3, 8, 8, count: 2);
                using var network = ModelFile.Read(file);
                var expected = OnnxRuntimeOracle.Run(file, images);
                ModelFile.Write(scratch.At("back.onnx"), network, "");
                Assert.True(expected.allclose(network.call(images), 1e-3, 1e-4));
                Assert.True(expected.allclose(OnnxRuntimeOracle.Run(scratch.At("back.onnx"), images), 1e-3, 1e-4));
            },
            iter: Graphs, threads: 1);
    }

    private static Gen<string> Of(string[] names) => Gen.Int[0, names.Length - 1].Select(at => names[at]);

    private static ModelProto Of((string Step, int Back)[] steps) => Model([0, 3, 8, 8], graph =>
    {
        var values = new List<(string Name, long Channels, long Side)> { ("x", 3, 8) };
        for (var at = 0; at < steps.Length; at++)
        {
            var before = values[^1];
            var other = values[Math.Max(0, values.Count - 1 - steps[at].Back)];
            values.Add(RandomStep.Add(graph, steps[at].Step, $"v{at}", before, other));
        }

        graph.Node("GlobalAveragePool", [values[^1].Name], ["pooled"]);
        graph.Node("Flatten", ["pooled"], ["flat"]);
        graph.Node("Gemm", ["flat", graph.Weights("last", values[^1].Channels, 4), graph.Weights("bias", 4)], ["y"]);
    });
}
