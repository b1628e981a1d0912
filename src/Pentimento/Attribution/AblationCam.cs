using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Ablation-CAM: the channels of a layer, each weighted by the relative drop of the logit when it is ablated. It needs no
/// gradient.</summary>
/// <remarks>
/// Desai and Ramaswamy, 2020, "Ablation-CAM: visual explanations for deep convolutional network via gradient-free localization", WACV, eq. 5.
/// The loss is divided by the logit's size, so that a negative logit does not turn evidence into its opposite.
/// </remarks>
internal sealed record AblationCam : AttributionMethod
{
    private const double Epsilon = 1e-8;

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var activations = LayerMaps.Of(network, images, layer);
        var channels = activations.shape[1];
        var masks = (1 - eye(channels, device: images.device)).view(1, channels, channels, 1, 1);
        var whole = network.Tail(activations, layer).gather(1, targets.unsqueeze(1));
        var without = Masked.Scores(network, activations, masks, targets, points => network.Tail(points, layer), "ablation-cam", run);
        var weights = (whole - without) / (whole.abs() + Epsilon);
        return (weights.unsqueeze(2).unsqueeze(3) * activations).sum(1).MoveToOuterDisposeScope();
    }
}
