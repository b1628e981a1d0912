using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Divides each value by a power of the mean square over nearby channels.</summary>
internal sealed class LRN : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, size) = (call[0], call.Node.Int("size", 1));
        var squares = x.square().flatten(2).unsqueeze(1);
        var padded = nn.functional.pad(squares, [0, 0, (size - 1) / 2, size / 2], PaddingModes.Constant, 0);
        var mean = nn.functional.avg_pool2d(padded, [size, 1], [1, 1]).squeeze(1).view(x.shape);
        return x / ((mean * call.Node.Float("alpha", 1e-4)) + call.Node.Float("bias", 1)).pow(call.Node.Float("beta", 0.75));
    }
}
