using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>αAB + βC, either factor transposed if asked.</summary>
internal sealed class Gemm : Operator
{
    public override NodeRole Role => NodeRole.Linear;

    public override IReadOnlyList<string> Weights => ["weight", "weight", "bias"];

    private protected override Tensor Run(OnnxCall call)
    {
        var (a, b, c, node) = (call[0], call[1], call.Maybe(2), call.Node);
        var (alpha, beta) = (node.Float("alpha", 1), node.Float("beta", 1));
        if (node.Int("transA", 0) != 0) a = a.t();
        var transposed = node.Int("transB", 0) != 0;
        if (transposed && alpha == 1 && beta == 1 && a.is_floating_point() && c is null or { shape: [_] } && (c is null || c.shape[0] == b.shape[0]))
            return nn.functional.linear(a, b, c);
        var product = MatrixProduct.Of(call, a, transposed ? b.t() : b);
        if (alpha != 1) product = (product * alpha).to_type(a.dtype);
        if (c is null) return product;
        return product + (beta == 1 ? c : (c * beta).to_type(c.dtype));
    }
}
