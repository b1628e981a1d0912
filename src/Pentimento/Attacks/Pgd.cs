using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Projected gradient descent in the L∞ ball: climb the loss by signed steps, never leaving the ball.</summary>
/// <remarks>Madry et al., 2018, "Towards deep learning models resistant to adversarial attacks", arXiv:1706.06083.</remarks>
/// <param name="Radius">ε, the largest change of any pixel, in pixels of [0, 1].</param>
/// <param name="StepSize">α, the change of a pixel in one step, in pixels of [0, 1].</param>
/// <param name="Steps">How many gradient steps are taken.</param>
/// <param name="RandomStart">Whether to begin at a random point of the ball instead of at the image.</param>
public sealed record Pgd(
    [Range(0.0, 1.0)] double Radius = 8 / 255.0,
    [Range(0.0, 1.0)] double StepSize = 2 / 255.0,
    [Range(1, 1_000_000)] int Steps = 10,
    bool RandomStart = true) : Attack
{
    /// <inheritdoc/>
    public override Tensor Perturb(Classifier victim, Tensor images, Aim aim, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (low, high) = Ball.Linf(images, Radius);
        var perturbed = RandomStart ? Ball.RandomPoint(low, high, run.Seed.For("start")) : images.clone();

        for (var step = 0; step < Steps; step++)
        {
            using var inner = NewDisposeScope();
            var uphill = LossGradient.At(victim, perturbed, aim).sign();
            perturbed = (perturbed + (StepSize * uphill)).clamp(low, high).MoveToOuterDisposeScope();
            run.Report(new("pgd", step + 1, Steps));
        }

        return perturbed.MoveToOuterDisposeScope();
    }
}
