using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>XGrad-CAM: the channels of a layer, each weighted by its gradient's mean where the channel itself is active.</summary>
/// <remarks>
/// Fu et al., 2020, "Axiom-based Grad-CAM: towards accurate visualization and explanation of CNNs", arXiv:2008.02312, eq. 8.
/// </remarks>
[Called("xgrad-cam")]
internal sealed record XGradCam : AttributionMethod
{
    // Keeps a channel without activation at weight 0.
    private const double Epsilon = 1e-7;

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (activations, gradient) = LayerMaps.WithGradient(network, images, targets, layer);
        var weights = (gradient * activations).sum([2, 3], keepdim: true) / (activations.sum([2, 3], keepdim: true) + Epsilon);
        return (weights * activations).sum(1).MoveToOuterDisposeScope();
    }
}
