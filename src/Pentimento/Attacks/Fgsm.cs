using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The fast gradient sign method: one step of the whole radius, every pixel up or down as the loss rises.</summary>
/// <remarks>Goodfellow, Shlens and Szegedy, 2015, "Explaining and harnessing adversarial examples", arXiv:1412.6572.</remarks>
/// <param name="Radius">ε, the change of every pixel, in pixels of [0, 1].</param>
internal sealed record Fgsm([Range(0.0, 1.0)] double Radius = 8 / 255.0) : Attack
{
    /// <inheritdoc/>
    internal override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, RunContext run)
    {
        using var scope = NewDisposeScope();
        run.Report(new("fgsm", 0, 1));
        var ball = Ball.Around(images, Norm.Linf, Radius);
        var perturbed = ball.Project(images + (Radius * ball.Steepest(LossGradient.ScaleFree(victim, images, criterion))));
        run.Report(new("fgsm", 1, 1));
        return perturbed.MoveToOuterDisposeScope();
    }
}
