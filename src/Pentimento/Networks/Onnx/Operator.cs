using System.Collections.Frozen;
using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>An ONNX operator, called as its class. Operators are found by type: adding one is one new file.</summary>
/// <remarks>Where versions of an operator differ, <see cref="OnnxNode.Opset"/> says which one is meant; attributes that became inputs are
/// read as either.</remarks>
internal abstract class Operator
{
    private static readonly FrozenDictionary<string, Operator> Known = typeof(Operator).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract)
        .ToFrozenDictionary(type => type.Name, type => (Operator)Activator.CreateInstance(type)!);

    /// <summary>The names of all operators.</summary>
    public static IEnumerable<string> Names => Known.Keys.Order(StringComparer.Ordinal);

    /// <summary>What the graph may assume of it.</summary>
    public virtual NodeRole Role => NodeRole.Other;

    /// <summary>What the weights among its inputs are called, by place; empty for an input that never is a weight.</summary>
    public virtual IReadOnlyList<string> Weights => [];

    /// <summary>Whether weights are an elementwise operand, which may as well be a constant of the preprocessing.</summary>
    public virtual bool Elementwise => false;

    /// <summary>Whether what it makes of an image alone is that image still: in other numbers, another size or another arrangement.</summary>
    public virtual bool KeepsImage => Role == NodeRole.Passage;

    /// <summary>The operator of this name, or null.</summary>
    public static Operator? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>Computes all outputs.</summary>
    internal virtual IReadOnlyList<Tensor> RunAll(OnnxCall call) => [Run(call)];

    /// <summary>Computes the only output.</summary>
    private protected virtual Tensor Run(OnnxCall call) => throw call.Node.Unsupported("is not supported");
}
