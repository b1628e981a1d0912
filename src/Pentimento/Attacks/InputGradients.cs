using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Gradients of the loss by the input, which show what a network is sensitive to.</summary>
internal static class InputGradients
{
    /// <summary>The largest absolute gradient of an image's own cross-entropy over the channels, float32 (B, H, W).</summary>
    /// <param name="victim">In evaluation mode.</param>
    /// <param name="images">float32 (B, C, H, W) in [0, 1].</param>
    /// <param name="labels">int64 (B).</param>
    public static Tensor Of(Classifier victim, Tensor images, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return LossGradient.At(victim, images, BatchCriterion.AwayFrom(labels)).abs().amax([1]).MoveToOuterDisposeScope();
    }
}
