using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Matrix products whose factors are compared first: of all functions that operators call, this one's native side lets its failure end
/// the process.</summary>
internal static class MatrixProduct
{
    /// <summary>a times b, over all dimensions before the last two.</summary>
    /// <exception cref="BadInputException">They do not fit each other.</exception>
    public static Tensor Of(OnnxCall call, Tensor a, Tensor b) => Fits(a, b)
        ? a.matmul(b)
        : throw call.Node.Refusal($"cannot multiply ({string.Join(", ", a.shape)}) with ({string.Join(", ", b.shape)})", null);

    private static bool Fits(Tensor a, Tensor b)
    {
        if (a.dim() == 0 || b.dim() == 0 || a.dtype != b.dtype || a.dtype == ScalarType.Bool) return false;
        var (left, right) = (a.shape, b.shape);
        if (left[^1] != (right.Length == 1 ? right[0] : right[^2])) return false;
        var (outer, other) = (left[..Math.Max(0, left.Length - 2)], right[..Math.Max(0, right.Length - 2)]);
        return outer.Reverse().Zip(other.Reverse(), (one, two) => one == two || one == 1 || two == 1).All(fits => fits);
    }
}
