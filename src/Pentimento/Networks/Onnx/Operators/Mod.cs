using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The remainder, with the sign of the divisor, or of the dividend if fmod is 1.</summary>
internal sealed class Mod : Operator
{
    protected override Tensor Run(OnnxCall call) => call.Node.Int("fmod", 0) == 1 ? call[0].fmod(call[1]) : call[0].remainder(call[1]);
}
