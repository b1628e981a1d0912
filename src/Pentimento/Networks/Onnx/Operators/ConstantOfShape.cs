using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>One value in a shape; it takes no memory until it is changed.</summary>
internal sealed class ConstantOfShape : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var shape = call.Whole(0) ?? throw call.Node.Refusal("lacks its shape", null);
        call.Fits(shape);
        using var value = call.Node.Tensor("value") ?? zeros(1);
        return value.reshape(1).clone().expand(shape);
    }
}
