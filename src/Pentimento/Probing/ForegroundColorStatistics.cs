using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Mean and covariance of the foreground colors of a set of images.</summary>
/// <param name="Middle">(C), the logit of the mean color.</param>
/// <param name="Mixing">(C, C), row-major: the square root of the covariance between channels, scaled so that its longest row has length 1.</param>
internal sealed record ForegroundColorStatistics(double[] Middle, double[] Mixing)
{
    private const int Images = 1000;

    /// <summary>Estimates them from the foreground pixels of a set's first images: a black background has no color.</summary>
    public static ForegroundColorStatistics Of(ImageSet set)
    {
        using var scope = NewDisposeScope();
        var bytes = set.Tensor();
        var pixels = Pixels.Slice(bytes, 0, Images).permute(0, 2, 3, 1).flatten(0, 2);
        var foreground = pixels[pixels.amax([1]).gt(0.1)].to_type(float64);
        if (foreground.shape[0] < 2) foreground = cat([zeros_like(pixels.slice(0, 0, 1, 1)), ones_like(pixels.slice(0, 0, 1, 1))]).to_type(float64);
        var middle = foreground.mean([0]).clamp(0.05, 0.95).logit();
        var deviations = foreground - foreground.mean([0], keepdim: true);
        var covariance = deviations.t().matmul(deviations) / foreground.shape[0];
        var (values, vectors) = linalg.eigh(covariance + (1e-4 * eye(set.Shape.Channels, dtype: float64)));
        // The symmetric square root of the covariance: a grey set mixes to grey.
        var root = vectors.matmul(values.sqrt().diag()).matmul(vectors.t());
        root /= root.norm(1).max();
        return new(middle.data<double>().ToArray(), root.contiguous().data<double>().ToArray());
    }
}
