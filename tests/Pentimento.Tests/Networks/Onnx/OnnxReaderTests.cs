using Google.Protobuf;
using global::Onnx;
using Pentimento.Networks;
using static Pentimento.Tests.Networks.Onnx.OnnxGraphs;
using static Pentimento.Tests.Networks.Onnx.RoundTripTests;
using static TorchSharp.torch;

namespace Pentimento.Tests.Networks.Onnx;

public sealed class OnnxReaderTests
{
    [Fact]
    public void Cuts_have_roles_and_the_tail_of_the_head_is_the_whole_at_every_value()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Read(Residual());
        var images = Images(1, 8, 8);
        var whole = network.call(images);

        Assert.Equal(["Conv_0", "Relu_1", "Add_4", "Relu_5", "GlobalAveragePool_6", "Flatten_7", "Gemm_8"], network.Cuts);
        Assert.Equal(9, network.Values.Count());
        Assert.All(network.Values, value => Assert.True(whole.allclose(network.Tail(network.Head(images, value), value, images), 1e-5, 1e-6)));
        Assert.Contains("does not part the images",
            Assert.Throws<BadInputException>(() => network.Tail(network.Head(images, "Conv_2"), "Conv_2")).Message);
        Assert.Equal("Relu_5", network.LastRelu);
        var described = network.Describe().ToDictionary(cut => cut.Name);
        Assert.Equal(CutRole.LastMaps, described["Relu_5"].Role);
        Assert.Equal(CutRole.Features, described["Flatten_7"].Role);
        Assert.Equal(CutRole.Logits, described["Gemm_8"].Role);
        Assert.Equal([4, 8, 8], described["BatchNormalization_3"].Shape);
        Assert.False(described["BatchNormalization_3"].Separating);
    }

    [Fact]
    public void Several_values_are_edited_at_once()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Read(Residual());
        var images = Images(1, 8, 8);
        var (shortcut, block) = (network.Head(images, "Relu_1"), network.Head(images, "BatchNormalization_3"));

        var edited = network.Run(images, new Dictionary<string, Func<Tensor, Tensor>>
        {
            ["BatchNormalization_3"] = x => x * 2,
            ["Relu_5"] = x => x + 1,
        });
        var replaced = network.Run(images, new Dictionary<string, Tensor> { ["BatchNormalization_3"] = zeros_like(block) });

        Assert.True(edited.allclose(network.Tail(((block * 2) + shortcut).relu() + 1, "Relu_5"), 1e-5, 1e-6));
        Assert.True(replaced.allclose(network.Tail(shortcut, "Relu_5"), 1e-5, 1e-6));
    }

    [Fact]
    public void The_last_linear_map_takes_new_weights_and_closes_what_it_opens()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Read(Residual());
        var images = Images(1, 8, 8);
        var (features, logits) = network.Open(images);

        Assert.Equal([4, 4], features.shape);
        Assert.True(logits.equal(network.Close(features)).all().item<bool>());
        network.PutLast(ones(3, 4), zeros(3));
        Assert.True(network.call(images).allclose(features.sum(1, true).expand(4, 3), 1e-5, 1e-6));
    }

    [Theory]
    [InlineData("SAME_UPPER", 8)]
    [InlineData("SAME_LOWER", 8)]
    [InlineData("VALID", 8)]
    [InlineData("uneven", 8)]
    public void Keras_style_networks_read_images_channels_last_and_answer_with_probabilities(string padding, int side)
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var model = Model([0, side, side, 3], graph =>
        {
            graph.Node("Transpose", ["x"], ["t"], Ints("perm", 0, 3, 1, 2));
            var pads = padding == "uneven" ? Ints("pads", 0, 1, 1, 2) : Text("auto_pad", padding);
            graph.Node("Conv", ["t", graph.Weights("k", 5, 3, 3, 3)], ["c"], pads, Ints("strides", 2, 2));
            graph.Node("LeakyRelu", ["c"], ["r"]);
            graph.Node("MaxPool", ["r"], ["p"], Ints("kernel_shape", 2, 2), Ints("strides", 1, 1), Text("auto_pad", "SAME_UPPER"));
            graph.Node("Transpose", ["p"], ["n"], Ints("perm", 0, 2, 3, 1));
            graph.Node("ReduceMean", ["n"], ["m"], Ints("axes", 1, 2), Int("keepdims", 0));
            graph.Node("MatMul", ["m", graph.Weights("dense/kernel:0", 5, 4)], ["d"]);
            graph.Node("Add", ["d", graph.Weights("dense/bias:0", 4)], ["a"]);
            graph.Node("Softmax", ["a"], ["y"]);
        });
        var file = scratch.Write("keras.onnx", model.ToByteArray());
        using var network = ModelFile.Read(file);
        var images = Images(3, side, side);

        Assert.Equal(new(side, side, 3), network.Shape);
        Assert.True(network.call(images).softmax(1).allclose(OnnxRuntimeOracle.Run(file, images.permute(0, 2, 3, 1)), 1e-4, 1e-6));
        Assert.Equal("LeakyRelu_2", network.LastRelu);
        network.PutLast(zeros(4, 5), arange(4).to_type(float32));
        Assert.Equal([0f, 1, 2, 3], network.call(images[..1]).data<float>().ToArray());
    }

    [Fact]
    public void A_tensor_that_is_both_a_weight_and_a_variance_lets_gradients_through()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        var model = Model([0, 3, 4, 4], graph =>
        {
            var (ones, zeros) = (Vector(graph, "ones", 1), Vector(graph, "zeros", 0));
            graph.Node("Identity", [zeros], ["mean"]);
            graph.Node("Identity", [ones], ["variance"]);
            graph.Node("BatchNormalization", ["x", ones, zeros, "mean", "variance"], ["a"]);
            graph.Node("Flatten", ["a"], ["f"]);
            graph.Node("Gemm", ["f", graph.Weights("w", 48, 4)], ["y"]);
        });
        using var network = ModelFile.Read(scratch.Write("shared.onnx", model.ToByteArray()));
        var images = Images(3, 4, 4).requires_grad_();

        var gradient = autograd.grad([network.call(images).sum()], [images])[0];

        var weights = network.parameters().Single(parameter => parameter.dim() == 2);
        Assert.True(gradient[0].flatten().allclose(weights.sum(1) / Math.Sqrt(1 + 1e-5), 1e-4, 1e-5));

        static string Vector(GraphProto graph, string name, float value)
        {
            using var values = full(3, value);
            return new OnnxBuilder(graph) { Opset = 13 }.Weight(name, values);
        }
    }

    [Fact]
    public void A_batch_that_was_baked_into_a_shape_becomes_any_batch()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var model = Model([1, 3, 4, 4], graph =>
        {
            graph.Node("Reshape", ["x", graph.Numbers("tokens", 1, 3, 16)], ["a"]);
            graph.Node("Transpose", ["a"], ["b"], Ints("perm", 2, 0, 1));
            graph.Node("Reshape", ["b", graph.Numbers("heads", 16, 3, 1)], ["c"]);
            graph.Node("Reshape", ["c", graph.Numbers("back", 16, 1, 3)], ["d"]);
            graph.Node("Transpose", ["d"], ["e"], Ints("perm", 1, 0, 2));
            graph.Node("Reshape", ["e", graph.Numbers("flat", 1, -1)], ["f"]);
            graph.Node("Gemm", ["f", graph.Weights("w", 48, 4)], ["y"]);
        });
        var file = scratch.Write("baked.onnx", model.ToByteArray());
        using var network = ModelFile.Read(file);
        var images = Images(3, 4, 4);

        var one_by_one = cat([.. Enumerable.Range(0, 4).Select(at => OnnxRuntimeOracle.Run(file, images.slice(0, at, at + 1, 1)))]);

        Assert.True(network.call(images).allclose(one_by_one, 1e-4, 1e-5));
    }

    [Fact]
    public void Half_precisions_external_data_and_initialisers_that_are_inputs_are_read()
    {
        using var scratch = new Scratch();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var plain = Residual();
        var changed = Residual();
        foreach (var tensor in changed.Graph.Initializer.ToList())
        {
            var floats = Pentimento.Networks.Onnx.OnnxTensor.Read(tensor, "", "").data<float>().ToArray();
            if (tensor.Name == "first.weight")
            {
                tensor.DataType = (int)TensorProto.Types.DataType.Float16;
                tensor.RawData = ByteString.CopyFrom(Pentimento.Networks.Onnx.OnnxTensor.Bytes(floats, tensor.DataType));
            }
            else if (tensor.Name == "second.weight")
            {
                scratch.Write("weights.bin", [1, 2, 3, 4, .. tensor.RawData.ToByteArray()]);
                tensor.RawData = ByteString.Empty;
                tensor.DataLocation = TensorProto.Types.DataLocation.External;
                tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
                tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = "4" });
            }
            else if (tensor.Name == "last.weight")
            {
                tensor.FloatData.AddRange(floats);
                tensor.RawData = ByteString.Empty;
            }

            var input = Value(tensor.Name, [.. tensor.Dims]);
            input.Type.TensorType.ElemType = tensor.DataType;
            changed.Graph.Input.Add(input);
        }

        changed.Graph.Node.First(node => node.OpType == "Conv").Input[1] = "cast";
        var cast = changed.Graph.Node("Cast", ["first.weight"], ["cast"], Int("to", 1));
        changed.Graph.Node.Remove(cast);
        changed.Graph.Node.Insert(0, cast);
        using var expected = Read(plain);
        using var network = ModelFile.Read(scratch.Write("changed.onnx", changed.ToByteArray()));
        var images = Images(1, 8, 8);

        Assert.True(expected.call(images).allclose(network.call(images), 1e-2, 1e-3));
        Assert.Equal([scratch.At("weights.bin")], Pentimento.Networks.Onnx.ExternalFiles.Of(scratch.At("changed.onnx")));
        Assert.Equal(expected.parameters().Count(), network.parameters().Count());
        ModelFile.Write(scratch.At("out.onnx"), network, "");
        Assert.True(network.call(images).allclose(OnnxRuntimeOracle.Run(scratch.At("out.onnx"), images), 1e-4, 1e-5));
    }

    private static Classifier Read(ModelProto model)
    {
        using var scratch = new Scratch();
        return ModelFile.Read(scratch.Write("model.onnx", model.ToByteArray()));
    }
}
