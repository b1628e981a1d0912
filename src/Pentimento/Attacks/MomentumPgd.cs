using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Projected gradient descent with momentum (MI-FGSM), which is less often caught in a poor local maximum.</summary>
/// <remarks>Dong et al., 2018, "Boosting adversarial attacks with momentum", arXiv:1710.06081, eq. 6 and 7; a step is the radius divided by
/// the number of steps.</remarks>
/// <param name="Radius">ε, the largest change, in pixels of [0, 1].</param>
/// <param name="Steps">T, the number of gradient steps.</param>
/// <param name="Momentum">μ, the decay factor of the accumulated gradient.</param>
/// <param name="Norm">How changes are measured: linf, or l2 over all values of the image.</param>
internal sealed record MomentumPgd(
    [Range(0.0, 1000.0)] double Radius = 16 / 255.0,
    [Range(1, 1_000_000)] int Steps = 10,
    [Range(0.0, 10.0)] double Momentum = 1,
    Norm Norm = Norm.Linf) : Attack
{
    /// <inheritdoc/>
    internal override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, RunContext run)
    {
        using var scope = NewDisposeScope();
        var ascent = new ProjectedAscent(victim, Steps, _ => Radius / Steps, Momentum, "momentum-pgd");
        return ascent.From(images, Ball.Around(images, Norm, Radius), criterion, 0, run).Points.MoveToOuterDisposeScope();
    }

    private protected override double? Ladder => Norm == Norm.Linf && Steps >= 5 ? Radius : null;
}
