using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The mean of each map.</summary>
internal sealed class GlobalAveragePool : Operator
{
    public override NodeRole Role => NodeRole.Pool;

    private protected override Tensor Run(OnnxCall call) =>
        call[0].mean([.. Enumerable.Range(2, (int)call[0].dim() - 2).Select(axis => (long)axis)], true);
}
