using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>A value that the file holds.</summary>
internal sealed class Constant : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var node = call.Node;
        if (node.Has("value")) return node.Tensor("value")!;
        if (node.Has("value_float")) return tensor((float)node.Float("value_float", 0));
        if (node.Has("value_int")) return tensor(node.Int("value_int", 0));
        if (node.Floats("value_floats") is { } numbers) return tensor(numbers);
        return node.Ints("value_ints") is { } whole ? tensor(whole) : throw node.Unsupported("holds no tensor and is not supported");
    }
}
