using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Eigen-CAM: a layer's activations projected onto their first principal component. It is not class-discriminative: it cannot say why
/// a class was predicted.</summary>
/// <remarks>
/// Muhammad and Yeasin, 2020, "Eigen-CAM: class activation map using principal components", arXiv:2008.00299, eq. 4: A V1, V1 the first
/// right singular vector of the places-by-channels matrix A. Its sign, which mathematics leaves open, is that of the mean activation.
/// </remarks>
/// <param name="Centered">Whether each channel's mean is taken off first, as pytorch-grad-cam does; the paper does not.</param>
internal sealed record EigenCam(bool Centered = false) : AttributionMethod
{
    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var activations = LayerMaps.Of(network, images, layer);
        var all = activations.flatten(2).transpose(1, 2).to_type(float64);
        var matrix = Centered ? all - all.mean([1], keepdim: true) : all;
        // V1 belongs to the largest eigenvalue of A'A, which is as small as the layer has channels; eigenvalues come in rising order.
        var (_, vectors) = linalg.eigh(matrix.transpose(1, 2).matmul(matrix));
        var map = matrix.matmul(vectors.narrow(2, vectors.shape[2] - 1, 1)).squeeze(2);
        var sign = (map * all.mean([2])).sum(1, keepdim: true).ge(0).to_type(float64).mul(2).sub(1);
        return (map * sign).to_type(float32).view(activations.shape[0], activations.shape[2], activations.shape[3]).MoveToOuterDisposeScope();
    }
}
