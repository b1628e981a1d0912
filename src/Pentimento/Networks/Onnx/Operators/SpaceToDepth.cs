using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Places of maps become channels of coarser ones.</summary>
internal sealed class SpaceToDepth : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, block) = (call[0], call.Node.Int("blocksize", 1));
        var (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        return x.reshape(n, c, h / block, block, w / block, block).permute(0, 3, 5, 1, 2, 4).reshape(n, c * block * block, h / block, w / block);
    }
}
