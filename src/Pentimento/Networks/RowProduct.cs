using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>Rows times a matrix. Large products on a CPU are computed as convolutions of kernel size 1: libtorch's matrix products are MKL's, which
/// use half of the vector width of AMD's processors, and its convolutions oneDNN's, which use all of it.</summary>
internal static class RowProduct
{
    // The number of multiplications from which on it pays.
    private const long Worthwhile = 1 << 25;

    /// <summary>x Wᵀ + b, (N, F).</summary>
    /// <param name="rows">x, (N, C).</param>
    /// <param name="weight">W, (F, C), of the same dtype.</param>
    /// <param name="bias">b, (F), or null.</param>
    public static Tensor Of(Tensor rows, Tensor weight, Tensor? bias)
    {
        if (!Pays(rows, weight)) return nn.functional.linear(rows, weight, bias);
        using var scope = NewDisposeScope();
        var (count, inputs, outputs) = (rows.shape[0], rows.shape[1], weight.shape[0]);
        var image = rows.contiguous().view(1, 1, count, inputs).permute(0, 3, 1, 2);
        var filters = weight.contiguous().view(outputs, 1, 1, inputs).permute(0, 3, 1, 2);
        return nn.functional.conv2d(image, filters, bias).permute(0, 2, 3, 1).reshape(count, outputs).MoveToOuterDisposeScope();
    }

    /// <summary>Whether a product is large enough, and of a kind, to be computed as a convolution.</summary>
    internal static bool Pays(Tensor rows, Tensor weight) =>
        rows.device_type == DeviceType.CPU && rows.dtype == ScalarType.Float32 && weight.dtype == ScalarType.Float32 && rows.dim() == 2
        && rows.numel() * weight.shape[0] >= Worthwhile;
}
