using System.Runtime.InteropServices;
using global::Onnx;
using static TorchSharp.torch;
using AttributeType = global::Onnx.AttributeProto.Types.AttributeType;

namespace Pentimento.Networks.Onnx;

/// <summary>One node of an ONNX file: its operator and that operator's attributes.</summary>
internal sealed class OnnxNode
{
    private readonly Dictionary<string, AttributeProto> attributes = [];

    /// <summary>Reads a node.</summary>
    /// <exception cref="BadInputException">Its operator is not known.</exception>
    public OnnxNode(NodeProto node, int opset, string file)
    {
        (Type, Opset, File) = (node.OpType, opset, file);
        (Inputs, Outputs) = ([.. node.Input], [.. node.Output]);
        Name = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(output => output.Length > 0) ?? node.OpType;
        foreach (var attribute in node.Attribute) attributes[attribute.Name] = attribute;
        Operator = node.Domain is "" or "ai.onnx"
            ? Operator.Find(Type) ?? throw Unsupported("is not supported")
            : throw Unsupported($"of the domain {node.Domain} is not supported");
    }

    /// <summary>The operator's name.</summary>
    public string Type { get; }

    /// <summary>The version of the operator set that the file was written for.</summary>
    public int Opset { get; }

    /// <summary>The node's name, or that of its first output.</summary>
    public string Name { get; }

    /// <summary>The file, for messages.</summary>
    public string File { get; }

    /// <summary>The values that it reads; empty where an optional one is left out.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The values that it computes.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>What computes them.</summary>
    public Operator Operator { get; }

    /// <summary>The batch for which its shape was written down; null where it fits every batch.</summary>
    public FixedBatch? Batch { get; set; }

    /// <summary>Whether an attribute is given.</summary>
    public bool Has(string name) => attributes.ContainsKey(name);

    /// <summary>A whole number.</summary>
    public long Int(string name, long fallback) => Find(name, AttributeType.Int)?.I ?? fallback;

    /// <summary>A number.</summary>
    public double Float(string name, double fallback) => Find(name, AttributeType.Float)?.F ?? fallback;

    /// <summary>A text.</summary>
    public string Text(string name, string fallback) => Find(name, AttributeType.String)?.S.ToStringUtf8() ?? fallback;

    /// <summary>Whole numbers; null where they are not given.</summary>
    public long[]? Ints(string name) => Find(name, AttributeType.Ints) is { } found ? [.. found.Ints] : null;

    /// <summary>Numbers; null where they are not given.</summary>
    public float[]? Floats(string name) => Find(name, AttributeType.Floats) is { } found ? [.. found.Floats] : null;

    /// <summary>A tensor; null where it is not given. The caller disposes it.</summary>
    public Tensor? Tensor(string name) => Find(name, AttributeType.Tensor) is { } found ? OnnxTensor.Read(found.T, File, "") : null;

    /// <summary>Computes the outputs.</summary>
    /// <exception cref="BadInputException">The inputs do not fit the operator.</exception>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor?> inputs, Classifier? network)
    {
        try
        {
            return Operator.RunAll(new(this, inputs, network));
        }
        catch (Exception failure) when (failure is ExternalException or ArgumentException or InvalidOperationException or IndexOutOfRangeException
            or OverflowException or NotImplementedException)
        {
            var shapes = string.Join(" and ", inputs.Select(input => input is null ? "nothing" : $"({string.Join(", ", input.shape)})"));
            throw Refusal($"cannot be computed of {shapes}: {failure.Message.Split('\n')[0].TrimEnd('.')}", failure);
        }
    }

    /// <summary>A sentence about something that the node asks for and that is not supported.</summary>
    public BadInputException Unsupported(string what) => Refusal(
        $"{what}; an ONNX simplifier or an export with another opset may do without it", null);

    /// <summary>A sentence about the node.</summary>
    public BadInputException Refusal(string what, Exception? inner)
    {
        var sentence = $"{File}: the operator {Type} (opset {Opset}) of the node '{Name}' {what}.";
        return inner is null ? new(sentence) : new(sentence, inner);
    }

    private AttributeProto? Find(string name, AttributeType type)
    {
        if (!attributes.TryGetValue(name, out var found)) return null;
        return found.Type == type || found.Type == AttributeType.Undefined
            ? found
            : throw Refusal($"has an attribute {name} of the type {found.Type}, expected {type}", null);
    }
}
