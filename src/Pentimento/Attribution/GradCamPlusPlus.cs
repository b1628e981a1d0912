using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Grad-CAM++: as Grad-CAM, but only positive gradients count, and those of small active regions as much as those of large ones.</summary>
/// <remarks>
/// Chattopadhay et al., 2018, "Grad-CAM++: improved visual explanations for deep convolutional networks", arXiv:1710.11063, eq. 5,
/// 10 and 19. As in the paper the score is exp(logit), whose higher derivatives are powers of the gradient; the factor exp(logit), one
/// number for an image, is left out.
/// </remarks>
[Called("grad-cam++")]
internal sealed record GradCamPlusPlus : AttributionMethod
{
    // Keeps the fraction finite where nothing has a gradient.
    private const double Epsilon = 1e-6;

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (activations, gradient) = LayerMaps.WithGradient(network, images, targets, layer);
        var square = gradient.square();
        var shares = square / ((2 * square) + (activations.sum([2, 3], keepdim: true) * square * gradient) + Epsilon); // eq. 19
        var weights = (nn.functional.relu(gradient) * shares).sum([2, 3], keepdim: true); // eq. 5
        return (weights * activations).sum(1).MoveToOuterDisposeScope();
    }
}
