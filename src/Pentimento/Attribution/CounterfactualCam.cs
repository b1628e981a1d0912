using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Grad-CAM of negated gradients: the locations with evidence against the class, whose removal would raise its logit.</summary>
/// <remarks>Selvaraju et al., 2017, arXiv:1610.02391, section 7, "Counterfactual explanations": eq. 1 with the gradient negated.</remarks>
internal sealed record CounterfactualCam : AttributionMethod
{
    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (activations, gradient) = LayerMaps.WithGradient(network, images, targets, layer);
        var weights = -gradient.mean([2, 3], keepdim: true);
        return (weights * activations).sum(1).MoveToOuterDisposeScope();
    }
}
