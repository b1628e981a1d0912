using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Which colours a set of images is made of, where anything is drawn at all.</summary>
/// <param name="Middle">(C), the logit of the mean colour.</param>
/// <param name="Mixing">(C, C), row-major: from independent planes to channels that vary together as they do in the set; its longest row
/// has length 1.</param>
internal sealed record ColorStatistics(double[] Middle, double[] Mixing)
{
    private const int Images = 1000;

    /// <summary>Measures the lit pixels of a set's first images: black paper says nothing of colour.</summary>
    public static ColorStatistics Of(ImageSet set)
    {
        using var scope = NewDisposeScope();
        var bytes = set.Tensor();
        var pixels = Pixels.Slice(bytes, 0, Images).permute(0, 2, 3, 1).flatten(0, 2);
        var lit = pixels[pixels.amax([1]).gt(0.1)].to_type(float64);
        if (lit.shape[0] < 2) lit = cat([zeros_like(pixels.slice(0, 0, 1, 1)), ones_like(pixels.slice(0, 0, 1, 1))]).to_type(float64);
        var middle = lit.mean([0]).clamp(0.05, 0.95).logit();
        var spread = lit - lit.mean([0], keepdim: true);
        var (values, vectors) = linalg.eigh((spread.t().matmul(spread) / lit.shape[0]) + (1e-4 * eye(set.Shape.Channels, dtype: float64)));
        // The symmetric square root of the covariance: a grey set mixes to grey.
        var root = vectors.matmul(values.sqrt().diag()).matmul(vectors.t());
        root /= root.norm(1).max();
        return new(middle.data<double>().ToArray(), root.contiguous().data<double>().ToArray());
    }
}
