using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>HiResCAM: the channels of a layer, each value weighted by its own gradient, summed.</summary>
/// <remarks>
/// Draelos and Carin, 2020, "Use HiResCAM instead of Grad-CAM for faithful explanations of convolutional neural networks",
/// arXiv:2011.08891, eq. 6. Where the tail is linear, the map sums to the logit but for its bias.
/// </remarks>
[Called("hires-cam")]
internal sealed record HiResCam : AttributionMethod
{
    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (activations, gradient) = LayerMaps.WithGradient(network, images, targets, layer);
        return (gradient * activations).sum(1).MoveToOuterDisposeScope();
    }
}
