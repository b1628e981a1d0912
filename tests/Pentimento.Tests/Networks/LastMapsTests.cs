using Google.Protobuf;
using global::Onnx;
using Pentimento.Attribution;
using Pentimento.Networks;
using Pentimento.Tests.Networks.Onnx;
using static Pentimento.Tests.Networks.Onnx.OnnxGraphs;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

/// <summary>Where class activation maps look: never at the image itself, whatever a file does to it first.</summary>
public sealed class LastMapsTests
{
    [Theory]
    [InlineData("nothing")]
    [InlineData("Sub and Div")]
    [InlineData("Mul and Add")]
    [InlineData("Resize")]
    [InlineData("BatchNormalization")]
    [InlineData("blue first")]
    [InlineData("Pad and Slice")]
    [InlineData("channels last")]
    public void Of_a_transformer_that_prepares_images_itself_there_are_none(string preparation)
    {
        using var scratch = new Scratch();
        var model = preparation == "channels last"
            ? Model([0, 8, 8, 3], graph => Transformer(graph, Prepared(graph, preparation)))
            : Model([0, 3, 8, 8], graph => Transformer(graph, Prepared(graph, preparation)));
        using var network = ModelFile.Read(scratch.Write("transformer.onnx", model.ToByteArray()));

        Assert.False(network.HasMaps);
        Assert.IsType<GradientTimesInput>(new GradCam().FittedTo(network));
        Assert.Equal(network.Graph.Features, network.UsualLayer);
    }

    [Fact]
    public void An_image_that_its_own_maps_weigh_is_one_no_longer()
    {
        using var scratch = new Scratch();
        var model = Model([0, 3, 8, 8], graph =>
        {
            graph.Node("Conv", ["x", graph.Weights("k", 1, 3, 3, 3)], ["a"], Ints("pads", 1, 1, 1, 1));
            graph.Node("Mul", ["x", "a"], ["weighed"]);
            graph.Node("Flatten", ["weighed"], ["f"]);
            graph.Node("MatMul", ["f", graph.Weights("w", 192, 4)], ["y"]);
        });
        using var network = ModelFile.Read(scratch.Write("weighed.onnx", model.ToByteArray()));

        Assert.Equal("Mul_1", network.LastRelu);
    }

    private static string Prepared(GraphProto graph, string how)
    {
        string Numbers(string name, params long[] shape) => graph.Weights(name, shape);
        switch (how)
        {
            case "Sub and Div":
                graph.Node("Sub", ["x", Numbers("mean", 1, 3, 1, 1)], ["centered"]);
                return graph.Node("Div", ["centered", Numbers("deviation", 3, 1, 1)], ["prepared"]).Output[0];
            case "Mul and Add":
                graph.Node("Mul", [Numbers("scale", 1, 3, 1, 1), "x"], ["scaled"]);
                return graph.Node("Add", ["scaled", Numbers("shift", 1, 3, 1, 1)], ["prepared"]).Output[0];
            case "Resize":
                return graph.Node("Resize", ["x", "", Given(graph, "scales", 1, 1, 0.5f, 0.5f)], ["prepared"], Text("mode", "linear")).Output[0];
            case "BatchNormalization":
                return graph.Node("BatchNormalization",
                    ["x", Numbers("scale", 3), Numbers("shift", 3), Numbers("mean", 3), Given(graph, "variance", 1, 1, 1)], ["prepared"]).Output[0];
            case "blue first":
                return graph.Node("Gather", ["x", graph.Numbers("order", 2, 1, 0)], ["prepared"], Int("axis", 1)).Output[0];
            case "Pad and Slice":
                graph.Node("Pad", ["x", graph.Numbers("pads", 0, 0, 1, 1, 0, 0, 1, 1)], ["padded"]);
                return graph.Node("Slice", ["padded", graph.Numbers("from", 0, 0), graph.Numbers("to", 8, 8), graph.Numbers("axes", 2, 3)],
                    ["prepared"]).Output[0];
            case "channels last":
                graph.Node("Sub", ["x", Numbers("mean", 3)], ["centered"]);
                return graph.Node("Transpose", ["centered"], ["prepared"], Ints("perm", 0, 3, 1, 2)).Output[0];
            default:
                return "x";
        }
    }

    /// <summary>Tokens of a convolution's patches and one of the class for each image, so that their number is read beside the maps.</summary>
    private static void Transformer(GraphProto graph, string images)
    {
        graph.Node("Conv", [images, graph.Weights("patches", 5, 3, 4, 4)], ["maps"], Ints("strides", 4, 4));
        graph.Node("Reshape", ["maps", graph.Numbers("flat", 0, 5, -1)], ["rows"]);
        graph.Node("Transpose", ["rows"], ["tokens"], Ints("perm", 0, 2, 1));
        graph.Node("Shape", [images], ["shape"]);
        graph.Node("Slice", ["shape", graph.Numbers("0", 0), graph.Numbers("1", 1)], ["count"]);
        graph.Node("Concat", ["count", graph.Numbers("token's", 1, 5)], ["tokens' shape"], Int("axis", 0));
        graph.Node("Expand", [graph.Weights("token", 1, 1, 5), "tokens' shape"], ["class"]);
        graph.Node("Concat", ["class", "tokens"], ["all"], Int("axis", 1));
        graph.Node("ReduceMean", ["all"], ["mean of all"], Ints("axes", 1), Int("keepdims", 0));
        graph.Node("Gemm", ["mean of all", graph.Weights("head", 5, 4)], ["y"]);
    }

    private static string Given(GraphProto graph, string name, params float[] numbers)
    {
        using var values = tensor(numbers);
        return new OnnxBuilder(graph) { Opset = 13 }.Weight(name, values);
    }
}
