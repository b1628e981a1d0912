using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>x.</summary>
internal sealed class Identity : Operator
{
    public override NodeRole Role => NodeRole.Passage;

    protected override Tensor Run(OnnxCall call) => call[0].alias();
}
