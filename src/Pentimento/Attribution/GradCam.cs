using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Grad-CAM: the channels of a layer, each weighted by the mean gradient of the class's logit, summed.</summary>
/// <remarks>
/// Selvaraju et al., 2017, "Grad-CAM: visual explanations from deep networks via gradient-based localization",
/// arXiv:1610.02391, eq. 1 and 2. The logit, not the probability, is differentiated; negative weights are kept; the ReLU of
/// eq. 2 is left to <see cref="AttributionMethod.Evidence"/>, so that a map without positive evidence stays visible as such.
/// </remarks>
public sealed record GradCam : AttributionMethod
{
    /// <inheritdoc/>
    public override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer)
    {
        using var scope = NewDisposeScope();
        var activations = Activations(network, images, layer);
        Require.That(activations.dim() == 4, $"Grad-CAM needs a layer whose activations are maps, such as {network.LastRelu}; {layer} answers with {activations.dim() - 1} dimensions.");
        // Images do not touch each other, so the gradient of the sum holds each image's own.
        var score = network.Tail(activations, layer).gather(1, targets.unsqueeze(1)).sum();
        var gradient = autograd.grad([score], [activations])[0];
        var weights = gradient.mean([2, 3], keepdim: true); // eq. 1
        return (weights * activations.detach()).sum(1).MoveToOuterDisposeScope(); // eq. 2, before its ReLU
    }

    private static Tensor Activations(Classifier network, Tensor images, string layer)
    {
        using var still = no_grad();
        return network.Head(images, layer).requires_grad_();
    }
}
