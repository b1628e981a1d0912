using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>The gradient of the class's logit by the pixels (vanilla gradient), channels summed with their sign.</summary>
/// <remarks>Simonyan, Vedaldi and Zisserman, 2013, "Deep inside convolutional networks: visualising image classification models and
/// saliency maps", arXiv:1312.6034, section 3.</remarks>
internal sealed record InputGradient : AttributionMethod
{
    /// <inheritdoc/>
    public override bool ReadsLayer => false;

    /// <inheritdoc/>
    internal override Tensor Explain(Classifier network, Tensor images, Tensor targets, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        return LogitGradient.At(images, targets, network.call).sum(1).MoveToOuterDisposeScope();
    }
}
