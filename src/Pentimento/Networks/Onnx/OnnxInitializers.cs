using global::Onnx;
using AttributeType = global::Onnx.AttributeProto.Types.AttributeType;

namespace Pentimento.Networks.Onnx;

/// <summary>The tensors that a graph holds by value name: its initialisers, and what its Constant nodes hold.</summary>
internal static class OnnxInitializers
{
    /// <summary>Each value with its tensor.</summary>
    public static IEnumerable<(string Value, TensorProto Tensor)> Of(GraphProto graph)
    {
        foreach (var tensor in graph.Initializer) yield return (tensor.Name, tensor);
        foreach (var node in graph.Node.Where(node => node.OpType == "Constant" && node.Output.Count == 1))
        {
            if (node.Attribute is [{ Name: "value", Type: AttributeType.Tensor or AttributeType.Undefined, T: { } tensor }])
                yield return (node.Output[0], tensor);
        }
    }
}
