using System.Runtime.InteropServices;
using global::Onnx;
using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>A network that is one chain of a few simple operators: its steps, and its weights as float16, for a script to compute.</summary>
/// <param name="Steps">The steps, first to last.</param>
/// <param name="Weights">All weights, at the places that the steps name.</param>
internal sealed record OperatorChain(IReadOnlyList<ChainStep> Steps, Half[] Weights)
{
    private static readonly HashSet<string> Plain = ["Relu", "Tanh", "Flatten"];
    private static readonly HashSet<string> Pools = ["MaxPool", "AveragePool"];

    /// <summary>The weights' bytes, little-endian.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes<Half>(Weights);

    /// <summary>A network of ours as a chain.</summary>
    /// <returns>Null where it is none: it branches, has another operator, changes its images first, or holds numbers beyond float16.</returns>
    public static OperatorChain? Of(Classifier network)
    {
        if (!network.Graph.Nodes.All(node => node is { Form: not null, Implied: false, Origin: null })) return null;
        using var scope = NewDisposeScope();
        var graph = OnnxWriter.Model(network, "").Graph;
        var (steps, weights, value) = (new List<ChainStep>(), new List<Half>(), Graph.Images);
        foreach (var node in graph.Node)
        {
            if (node.Input[0] != value || node.Output.Count != 1 || StepOf(node, graph, weights) is not { } step) return null;
            steps.Add(step);
            value = node.Output[0];
        }

        return value == graph.Output[0].Name && weights.TrueForAll(Half.IsFinite) ? new(steps, [.. weights]) : null;
    }

    private static ChainStep? StepOf(NodeProto node, GraphProto graph, List<Half> weights)
    {
        if (Plain.Contains(node.OpType)) return new(node.OpType);
        var (size, stride, padding) = (Equal(node, "kernel_shape", 1), Equal(node, "strides", 1), Equal(node, "pads", 0));
        if (size is null || stride is null || padding is null) return null;
        var step = new ChainStep(node.OpType) { Size = size.Value, Stride = stride.Value, Padding = padding.Value };
        if (Pools.Contains(node.OpType)) return padding == 0 ? step : null;
        if (node.OpType is not ("Conv" or "Gemm")) return null;
        var weight = Initializer(graph, node.Input[1]);
        step = step with { Out = (int)weight.Dims[0], In = (int)weight.Dims[1], Weight = Put(weight, weights) };
        return node.Input.Count < 3 ? step : step with { Bias = Put(Initializer(graph, node.Input[2]), weights) };
    }

    /// <summary>The one number of an attribute whose numbers are all equal; null where they are not.</summary>
    private static int? Equal(NodeProto node, string name, int otherwise)
    {
        var numbers = node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.Ints.Distinct().ToList() ?? [otherwise];
        return numbers.Count == 1 ? (int)numbers[0] : null;
    }

    private static TensorProto Initializer(GraphProto graph, string name) => graph.Initializer.First(tensor => tensor.Name == name);

    private static int Put(TensorProto tensor, List<Half> weights)
    {
        var at = weights.Count;
        foreach (var number in MemoryMarshal.Cast<byte, float>(tensor.RawData.Span)) weights.Add((Half)number);
        return at;
    }
}

/// <summary>One step of a chain.</summary>
/// <param name="Operator">What ONNX calls it.</param>
internal sealed record ChainStep(string Operator)
{
    /// <summary>The side of a kernel or window.</summary>
    public int Size { get; init; }

    /// <summary>By how much it moves.</summary>
    public int Stride { get; init; }

    /// <summary>How many zeros stand around the maps.</summary>
    public int Padding { get; init; }

    /// <summary>The channels or features that it answers with.</summary>
    public int Out { get; init; }

    /// <summary>The channels or features that it reads.</summary>
    public int In { get; init; }

    /// <summary>Where its weights begin.</summary>
    public int Weight { get; init; }

    /// <summary>Where its biases begin; -1 where it has none.</summary>
    public int Bias { get; init; } = -1;
}
