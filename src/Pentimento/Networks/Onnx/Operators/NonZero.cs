using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Where values are not 0, one row a dimension.</summary>
internal sealed class NonZero : Operator
{
    protected override Tensor Run(OnnxCall call) => call[0].nonzero().t();
}
