using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Grad-CAM: the channels of a layer, each weighted by the mean gradient of the class's logit, summed.</summary>
/// <remarks>
/// Selvaraju et al., 2017, "Grad-CAM: visual explanations from deep networks via gradient-based localization",
/// arXiv:1610.02391, eq. 1 and 2. The logit, not the probability, is differentiated; negative weights are kept; the ReLU of
/// eq. 2 is left to <see cref="AttributionMethod.Evidence"/>, so that a map without positive evidence stays visible as such.
/// </remarks>
internal sealed record GradCam : AttributionMethod
{
    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (activations, gradient) = LayerMaps.WithGradient(network, images, targets, layer);
        var weights = gradient.mean([2, 3], keepdim: true); // eq. 1
        return (weights * activations).sum(1).MoveToOuterDisposeScope(); // eq. 2, before its ReLU
    }
}
