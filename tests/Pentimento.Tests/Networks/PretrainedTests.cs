using Google.Protobuf;
using global::Onnx;
using Pentimento.Networks;
using Pentimento.Tests.Networks.Onnx;
using static Pentimento.Tests.Networks.Onnx.OnnxGraphs;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks;

/// <summary>Networks that begin with a file's weights, and last layers that begin anew.</summary>
public sealed class PretrainedTests
{
    [Fact]
    public void It_answers_as_the_file_does()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = TinyProblem.Network();
        ModelFile.Write(scratch.At("a.safetensors"), network, "");
        var (images, _) = TinyProblem.Batch();

        using var built = new Pretrained { File = scratch.At("a.safetensors") }.Build(TinyProblem.Shape, 3, new(9));

        Assert.Equal(network.call(images).data<float>().ToArray(), built.call(images).data<float>().ToArray());
        Assert.Equal(network.Architecture, built.Architecture);
    }

    [Theory]
    [InlineData("Gemm")]
    [InlineData("transposed Gemm")]
    [InlineData("MatMul")]
    [InlineData("Conv")]
    [InlineData("residual features")]
    [InlineData("maps")]
    public void A_new_head_has_as_many_outputs_as_asked_and_all_else_is_kept(string head)
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var file = scratch.Write("in.onnx", EndingIn(head).ToByteArray());
        using var network = ModelFile.Read(file);
        var images = RoundTripTests.Images(1, 8, 8);

        using var changed = new Pretrained { File = file, NewHead = true }.Build(network.Shape, 5, new(1));
        using var other = new Pretrained { File = file, NewHead = true }.Build(network.Shape, 5, new(2));

        Assert.Equal([4, 5], changed.call(images).shape);
        Assert.True(network.Head(images, "Relu_1").equal(changed.Head(images, "Relu_1")).all().item<bool>());
        Assert.False(changed.call(images).allclose(other.call(images), 1e-3));
        ModelFile.Write(scratch.At("out.onnx"), changed, "");
        Assert.True(changed.call(images).allclose(OnnxRuntimeOracle.Run(scratch.At("out.onnx"), images), 1e-4, 1e-5));
    }

    [Theory]
    [InlineData("residual features", 4)]
    [InlineData("maps", 64)]
    public void Behind_features_the_new_head_reads_all_of_them(string ending, int features)
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var file = scratch.Write("in.onnx", EndingIn(ending).ToByteArray());
        using var network = ModelFile.Read(file);
        var images = RoundTripTests.Images(1, 8, 8);

        using var changed = new Pretrained { File = file, NewHead = true }.Build(network.Shape, 5, new(1));

        var head = changed.state_dict().Where(pair => pair.Key.StartsWith("head.", StringComparison.Ordinal)).ToDictionary();
        Assert.Equal([5, features], head["head.weight"].shape);
        Assert.Equal(network.state_dict().Keys.Order(), changed.state_dict().Keys.Except(head.Keys).Order());
        var expected = nn.functional.linear(network.call(images), head["head.weight"], head["head.bias"]);
        Assert.True(expected.allclose(changed.call(images), 1e-5, 1e-6));
    }

    [Fact]
    public void Other_classes_or_images_are_refused_in_a_sentence_that_says_what_helps()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("in.onnx", EndingIn("Gemm").ToByteArray());

        string Refusal(int side, int classes) =>
            Assert.Throws<BadInputException>(() => new Pretrained { File = file }.Build(new(side, side, 1), classes, new(1))).Message;

        Assert.EndsWith("answers with 3 classes, the data have 5; --new-head gives it a last layer for them.", Refusal(8, 5));
        Assert.EndsWith("reads images of 8x8x1, the data have 9x9x1; say --size 8x8.", Refusal(9, 3));
    }

    private static ModelProto EndingIn(string head) => Model([0, 1, 8, 8], graph =>
    {
        graph.Node("Conv", ["x", graph.Weights("w", 4, 1, 3, 3), graph.Weights("b", 4)], ["a"]);
        graph.Node("Relu", ["a"], ["f"]);
        if (head == "Conv")
        {
            graph.Node("Conv", ["f", graph.Weights("last", 3, 4, 1, 1), graph.Weights("bias", 3)], ["c"]);
            graph.Node("GlobalAveragePool", ["c"], ["p"]);
            graph.Node("Flatten", ["p"], ["y"]);
            return;
        }

        if (head == "maps")
        {
            graph.Node("MaxPool", ["f"], ["y"], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1));
            return;
        }

        if (head == "residual features")
        {
            graph.Node("Conv", ["f", graph.Weights("last", 4, 4, 1, 1)], ["c"]);
            graph.Node("Add", ["c", "f"], ["s"]);
            graph.Node("GlobalAveragePool", ["s"], ["y"]);
            return;
        }

        graph.Node("GlobalAveragePool", ["f"], ["p"]);
        graph.Node("Flatten", ["p"], ["flat"]);
        if (head == "MatMul")
        {
            graph.Node("MatMul", ["flat", graph.Weights("last", 4, 3)], ["m"]);
            graph.Node("Add", ["m", graph.Weights("bias", 3)], ["y"]);
            return;
        }

        var transposed = head != "Gemm";
        long[] shape = transposed ? [3, 4] : [4, 3];
        graph.Node("Gemm", ["flat", graph.Weights("last", shape), graph.Weights("bias", 3)], ["y"], Int("transB", transposed ? 1 : 0));
    });
}
