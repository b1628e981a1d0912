using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>Channels become places of finer maps.</summary>
internal sealed class DepthToSpace : Operator
{
    protected override Tensor Run(OnnxCall call)
    {
        var (x, block) = (call[0], call.Node.Int("blocksize", 1));
        var (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var parts = call.Node.Text("mode", "DCR") == "DCR"
            ? x.reshape(n, block, block, c / (block * block), h, w).permute(0, 3, 4, 1, 5, 2)
            : x.reshape(n, c / (block * block), block, block, h, w).permute(0, 1, 4, 2, 5, 3);
        return parts.reshape(n, c / (block * block), h * block, w * block);
    }
}
