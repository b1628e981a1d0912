using global::Onnx;
using Pentimento.Networks;
using static Pentimento.Tests.Networks.Onnx.OnnxGraphs;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>One step of a random graph; maps stay square, and a step that does not fit becomes a ReLU.</summary>
internal static class RandomStep
{
    /// <summary>Adds the nodes of a step.</summary>
    /// <returns>What it computes, with its channels and side.</returns>
    public static (string Name, long Channels, long Side) Add(
        GraphProto graph, string step, string name, (string Name, long Channels, long Side) x, (string Name, long Channels, long Side) other)
    {
        var (channels, side) = (x.Channels, x.Side);
        (string, long, long) Same(string type, string[] inputs, params AttributeProto[] attributes)
        {
            graph.Node(type, inputs, [name], attributes);
            return (name, channels, side);
        }

        (string, long, long) Sized(long newChannels, long newSide, string type, string[] inputs, params AttributeProto[] attributes)
        {
            graph.Node(type, inputs, [name], attributes);
            return (name, newChannels, newSide);
        }

        string Weights(string of, params long[] shape) => graph.Weights($"{name}.{of}", shape);
        string Positive(string of, params long[] shape)
        {
            graph.Node("Abs", [Weights($"{of}.signed", shape)], [$"{name}.{of}.size"]);
            graph.Node("Add", [$"{name}.{of}.size", Constant(graph, $"{name}.{of}.least", 0.5f)], [$"{name}.{of}"]);
            return $"{name}.{of}";
        }

        string Numbers(string of, params long[] numbers) => graph.Numbers($"{name}.{of}", numbers);
        switch (step)
        {
            case "Add" or "Sub" or "Mul" or "Max" or "Min" or "Mean" or "Sum" when other.Channels == channels && other.Side == side:
                return Same(step, [x.Name, other.Name]);
            case "Concat" when other.Side == side && channels + other.Channels <= 24:
                return Sized(channels + other.Channels, side, "Concat", [x.Name, other.Name], Int("axis", 1));
            case "Conv":
                return Sized(6, side, "Conv", [x.Name, Weights("w", 6, channels, 3, 3), Weights("b", 6)], Ints("pads", 1, 1, 1, 1));
            case "Grouped":
                return Same("Conv", [x.Name, Weights("w", channels, 1, 3, 3)], Int("group", channels), Text("auto_pad", "SAME_LOWER"));
            case "Strided" when side >= 4:
                return Sized(
                    4, (side + 1) / 2, "Conv", [x.Name, Weights("w", 4, channels, 2, 2)], Ints("strides", 2, 2), Text("auto_pad", "SAME_UPPER"));
            case "Transposed" when side <= 8:
                return Sized(4, 2 * side, "ConvTranspose", [x.Name, Weights("w", channels, 4, 2, 2), Weights("b", 4)], Ints("strides", 2, 2));
            case "MaxPool" when side >= 4:
                return Sized(
                    channels, (side / 2) + 1, "MaxPool", [x.Name], Ints("kernel_shape", 2, 2), Ints("strides", 2, 2), Ints("pads", 1, 1, 1, 1));
            case "AveragePool" when side >= 4:
                return Same("AveragePool", [x.Name], Ints("kernel_shape", 3, 3), Ints("pads", 1, 1, 1, 1), Int("count_include_pad", 1));
            case "BatchNormalization":
                return Same("BatchNormalization",
                    [x.Name, Weights("s", channels), Weights("b", channels), Weights("m", channels), Positive("variance", channels)]);
            case "InstanceNormalization" when side >= 2:
                return Same("InstanceNormalization", [x.Name, Weights("s", channels), Weights("b", channels)]);
            case "LRN":
                return Same("LRN", [x.Name], Int("size", 3));
            case "Pad" when side <= 8:
                return Sized(channels, side + 2, "Pad", [x.Name, Numbers("pads", 0, 0, 2, 0, 0, 0, 0, 2)]);
            case "Slice" when side >= 4:
                return Sized(channels, side - 2, "Slice", [x.Name, Numbers("from", 1, 2), Numbers("to", -1, 1000), Numbers("axes", 2, 3)]);
            case "Transpose":
                return Same("Transpose", [x.Name], Ints("perm", 0, 1, 3, 2));
            case "SpaceToDepth" when side % 2 == 0 && channels <= 6:
                return Sized(4 * channels, side / 2, "SpaceToDepth", [x.Name], Int("blocksize", 2));
            case "DepthToSpace" when channels % 4 == 0 && side <= 8:
                return Sized(channels / 4, 2 * side, "DepthToSpace", [x.Name], Int("blocksize", 2), Text("mode", "CRD"));
            case "Resize" when side <= 8:
                return Sized(channels, 2 * side, "Resize", [x.Name, "", Constant(graph, $"{name}.scales", 1, 1, 2, 2)], Text("mode", "linear"));
            case "ReduceMean":
                graph.Node("ReduceMean", [x.Name], [$"{name}.mean"], Ints("axes", 2, 3), Int("keepdims", 1));
                return Same("Sub", [x.Name, $"{name}.mean"]);
            case "PRelu":
                return Same("PRelu", [x.Name, Weights("slope", channels, 1, 1)]);
            case "Clip":
                return Same("Clip", [x.Name, "", Weights("most")]);
            case "Softmax" or "LogSoftmax":
                return Same(step, [x.Name], Int("axis", 1));
            case "Split" when channels % 2 == 0:
                graph.Node("Split", [x.Name], [$"{name}.first", $"{name}.second"], Int("axis", 1));
                return Sized(channels / 2, side, "Sub", [$"{name}.first", $"{name}.second"]);
            case "Gather":
                return Sized(2, side, "Gather", [x.Name, Numbers("places", channels - 1, 0)], Int("axis", 1));
            case "Tile" when channels <= 6:
                return Sized(2 * channels, side, "Tile", [x.Name, Numbers("times", 1, 2, 1, 1)]);
            case "Div":
                return Same("Div", [x.Name, Positive("divisor", channels, 1, 1)]);
            case "Add" or "Sub" or "Mul" or "Max" or "Min" or "Mean" or "Sum" or "Concat" or "Strided" or "Transposed" or "MaxPool" or "AveragePool":
            case "InstanceNormalization" or "Pad" or "Slice" or "SpaceToDepth" or "DepthToSpace" or "Resize" or "Split" or "Tile":
                return Same("Relu", [x.Name]);
            default:
                return Same(step, [x.Name]);
        }
    }

    private static string Constant(GraphProto graph, string name, params float[] numbers)
    {
        using var values = TorchSharp.torch.tensor(numbers);
        return new OnnxBuilder(graph) { Opset = 13 }.Weight(name, values);
    }
}
