using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Values in the type of another input.</summary>
internal sealed class CastLike : Operator
{
    public override NodeRole Role => NodeRole.Passage;

    protected override Tensor Run(OnnxCall call) => call[0].to_type(call[1].dtype).alias();
}
