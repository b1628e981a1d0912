using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx.Operators;

/// <summary>The product over dimensions.</summary>
internal sealed class ReduceProd : Reduction
{
    protected override Tensor Reduce(Tensor x, long[] axes, bool keep)
    {
        var product = x;
        foreach (var axis in axes.OrderDescending()) product = product.prod(axis, keep, x.dtype);
        return product;
    }
}
