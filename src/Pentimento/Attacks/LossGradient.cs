using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The direction in which an attack climbs.</summary>
internal static class LossGradient
{
    /// <summary>The gradient by the image, each image's own, of what the aim wants large: the cross-entropy of the class to leave, or minus that of the class to reach.</summary>
    /// <returns>float32, as the images.</returns>
    public static Tensor At(Classifier victim, Tensor images, Aim aim)
    {
        using var scope = NewDisposeScope();
        var variable = images.detach().requires_grad_();
        var loss = nn.functional.cross_entropy(victim.call(variable), aim.Classes, reduction: nn.Reduction.Sum);
        var gradient = autograd.grad([aim.Targeted ? -loss : loss], [variable])[0];
        return gradient.MoveToOuterDisposeScope();
    }
}
