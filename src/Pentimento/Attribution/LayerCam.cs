using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Layer-CAM: the channels of a layer, each value weighted by its own gradient if that is positive; it is meant for early layers
/// too.</summary>
/// <remarks>Jiang et al., 2021, "LayerCAM: exploring hierarchical class activation maps for localization", IEEE Transactions on Image
/// Processing 30, eq. 5 and 6.</remarks>
internal sealed record LayerCam : AttributionMethod
{
    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (activations, gradient) = LayerMaps.WithGradient(network, images, targets, layer);
        return (nn.functional.relu(gradient) * activations).sum(1).MoveToOuterDisposeScope();
    }
}
