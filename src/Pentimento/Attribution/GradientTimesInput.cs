using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Gradient times input: the gradient of the class's logit times the pixel, which is the pixel's contribution if the network were
/// linear. Black pixels get 0.</summary>
/// <remarks>Shrikumar et al., 2016, "Not just a black box: learning important features through propagating activation differences",
/// arXiv:1605.01713, section 3.</remarks>
[Called("gradient-x-input")]
internal sealed record GradientTimesInput : AttributionMethod
{
    /// <inheritdoc/>
    public override bool ReadsLayer => false;

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        return (images * LogitGradient.At(images, targets, network.call)).sum(1).MoveToOuterDisposeScope();
    }
}
