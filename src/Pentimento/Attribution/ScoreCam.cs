using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Score-CAM: the channels of a layer, each weighted by the logit of the image masked by that channel. It needs no gradient.</summary>
/// <remarks>
/// Wang et al., 2020, "Score-CAM: score-weighted visual explanations for convolutional neural networks", arXiv:1910.01279, algorithm 1. The
/// black image's logit, which the paper subtracts, is the same for all channels and falls out of the softmax over them.
/// </remarks>
internal sealed record ScoreCam : AttributionMethod
{
    private const double Epsilon = 1e-8;

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var activations = LayerMaps.Of(network, images, layer);
        var large = nn.functional.interpolate(
            activations,
            [images.shape[2], images.shape[3]],
            mode: InterpolationMode.Bilinear,
            align_corners: false);
        var (low, high) = (large.amin([2, 3], keepdim: true), large.amax([2, 3], keepdim: true));
        var masks = ((large - low) / (high - low + Epsilon)).unsqueeze(2);
        var weights = Masked.Scores(network, images, masks, targets, network.call, "score-cam", run).softmax(1);
        return (weights.unsqueeze(2).unsqueeze(3) * activations).sum(1).MoveToOuterDisposeScope();
    }
}
