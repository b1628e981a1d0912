using Google.Protobuf;
using Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>Collects ONNX nodes with their weights, each node named after the layer that it stands for.</summary>
/// <param name="graph">Where they go.</param>
internal sealed class OnnxBuilder(GraphProto graph)
{
    private readonly HashSet<string> names = [.. graph.Node.SelectMany(node => node.Output), .. graph.Initializer.Select(tensor => tensor.Name)];

    /// <summary>The operator set for which the nodes are written.</summary>
    public required int Opset { get; init; }

    /// <summary>Where nodes are put among those that are there; at the end where it is not set.</summary>
    public int At { get; set; } = graph.Node.Count;

    /// <summary>Adds a node with one output.</summary>
    /// <returns>The output.</returns>
    public string Add(string type, string name, IEnumerable<string> inputs, params AttributeProto[] attributes) =>
        AddAll(type, [name], inputs, attributes)[0];

    /// <summary>Adds a node.</summary>
    /// <returns>The outputs.</returns>
    public IReadOnlyList<string> AddAll(string type, IEnumerable<string> names, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = type };
        node.Input.AddRange(inputs);
        node.Output.AddRange(names.Select(Free));
        node.Name = node.Output[0];
        node.Attribute.AddRange(attributes);
        graph.Node.Insert(At++, node);
        return node.Output;
    }

    /// <summary>Adds a node that has one of two factors, summands or bounds in the graph.</summary>
    public string With(string type, string name, string input, Tensor values) => Add(type, name, [input, Weight($"{name}.values", values)]);

    /// <summary>x, and 0 where it is not above a threshold or another value.</summary>
    public string Above(string name, string x, string compared, string threshold) => Add(
        "Mul", name, [x, Add("Cast", $"{name}.mask", [Add("Greater", $"{name}.above", [compared, threshold])], Whole("to", 1))]);

    /// <summary>The largest values along the last dimension, and 0 in the place of the others.</summary>
    /// <exception cref="BadInputException">The operator set has no such operators.</exception>
    public string Largest(string name, string x, long count)
    {
        Require.That(Opset >= 11, $"'{name}' keeps the {count} largest values, which ONNX can say from opset 11 on; the file is of opset {Opset}.");
        var largest = AddAll("TopK", [$"{name}.largest", $"{name}.places"], [x, Numbers($"{name}.count", count)], Whole("axis", -1));
        return Add("ScatterElements", name, [Add("Sub", $"{name}.zeros", [x, x]), largest[1], largest[0]], Whole("axis", -1));
    }

    /// <summary>Adds float32 weights.</summary>
    /// <returns>Their value.</returns>
    public string Weight(string name, Tensor values)
    {
        using var scope = NewDisposeScope();
        var tensor = new TensorProto { Name = Free(name), DataType = (int)TensorProto.Types.DataType.Float };
        tensor.Dims.AddRange(values.shape);
        tensor.RawData = ByteString.CopyFrom(values.detach().cpu().to_type(float32).contiguous().bytes);
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds whole numbers in one dimension.</summary>
    /// <returns>Their value.</returns>
    public string Numbers(string name, params long[] values)
    {
        var tensor = new TensorProto { Name = Free(name), DataType = (int)TensorProto.Types.DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A convolution.</summary>
    public string Convolution(string name, Conv2d convolution, string input)
    {
        List<string> inputs = [input, Weight($"{name}.weight", convolution.weight)];
        if (convolution.bias is { } bias) inputs.Add(Weight($"{name}.bias", bias));
        var padding = convolution.padding!;
        return Add("Conv", name, inputs, Whole("kernel_shape", convolution.weight.shape[2..]),
            Whole("strides", convolution.stride), Whole("pads", [.. padding, .. padding]));
    }

    /// <summary>A batch normalisation with the statistics that it has counted.</summary>
    public string BatchNormalization(string name, BatchNorm2d norm, string input) => Add("BatchNormalization", name,
    [
        input, Weight($"{name}.weight", norm.weight), Weight($"{name}.bias", norm.bias!),
        Weight($"{name}.running_mean", norm.running_mean!), Weight($"{name}.running_var", norm.running_var!),
    ], new AttributeProto { Name = "epsilon", Type = AttributeProto.Types.AttributeType.Float, F = 1e-5f });

    /// <summary>Windows of one size and stride.</summary>
    public string Pool(string type, string name, string input, int size, int stride, int padding) => Add(type, name, [input],
        Whole("kernel_shape", [size, size]), Whole("strides", [stride, stride]), Whole("pads", [padding, padding, padding, padding]));

    /// <summary>A linear map of the flattened input, then an activation if any.</summary>
    public string Linear(string name, Linear linear, string input, string? activation)
    {
        List<string> inputs = [Flat(input), Weight($"{name}.weight", linear.weight)];
        if (linear.bias is { } bias) inputs.Add(Weight($"{name}.bias", bias));
        var mapped = Add("Gemm", activation is null ? name : $"{name}.linear", inputs,
            new AttributeProto { Name = "transB", Type = AttributeProto.Types.AttributeType.Int, I = 1 });
        return activation is null ? mapped : Add(activation, name, [mapped]);
    }

    /// <summary>Everything behind the first dimension as one.</summary>
    public string Flat(string input) =>
        graph.Node.Any(node => node.OpType == "Flatten" && node.Output[0] == input) ? input : Add("Flatten", $"{input}.flat", [input]);

    /// <summary>Dimensions in another order.</summary>
    public string Transposed(string name, string input, params long[] order) => Add("Transpose", name, [input], Whole("perm", order));

    /// <summary>The same values in another shape.</summary>
    public string Reshaped(string input, params long[] shape) => Add("Reshape", $"{input}.reshaped", [input, Numbers($"{input}.shape", shape)]);

    /// <summary>An attribute that is a whole number.</summary>
    public static AttributeProto Whole(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>An attribute of whole numbers.</summary>
    public static AttributeProto Whole(string name, IEnumerable<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    private string Free(string name)
    {
        var free = name;
        for (var at = 2; !names.Add(free); at++) free = $"{name}_{at}";
        return free;
    }
}
