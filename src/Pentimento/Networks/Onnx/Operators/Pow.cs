using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>aᵇ, in the type of a.</summary>
internal sealed class Pow : Operator
{
    protected override Tensor Run(OnnxCall call) =>
        call[0].pow(call[1].to_type(call[0].is_floating_point() ? call[0].dtype : call[1].dtype)).to_type(call[0].dtype);
}
