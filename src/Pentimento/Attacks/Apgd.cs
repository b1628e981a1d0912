using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Auto-PGD: projected gradient descent with momentum that halves its own step, and returns to its best point, when progress
/// stalls.</summary>
/// <remarks>
/// Croce and Hein, 2020, "Reliable evaluation of adversarial robustness with an ensemble of diverse parameter-free attacks",
/// arXiv:2003.01690, algorithm 1 and section 4. Fooled images leave at once.
/// </remarks>
/// <param name="Radius">ε, the largest change, in pixels of [0, 1].</param>
/// <param name="Steps">How many gradient steps are taken.</param>
/// <param name="Loss">The loss to maximise: cross-entropy, or dlr, the difference-of-logits ratio.</param>
/// <param name="Targets">For untargeted attacks: how many of the likeliest other classes are targeted, one after the other; 0 targets
/// none.</param>
/// <param name="Restarts">The number of random starts, for each target.</param>
/// <param name="Rho">ρ, the share of steps that must have raised the loss for the step to stay as long as it is.</param>
/// <param name="Norm">How changes are measured: linf, or l2 over all values of the image.</param>
internal sealed record Apgd(
    [Range(0.0, 1000.0)] double Radius = 8 / 255.0,
    [Range(1, 1_000_000)] int Steps = 100,
    Loss Loss = Loss.CrossEntropy,
    [Range(0, 100_000)] int Targets = 0,
    [Range(1, 10_000)] int Restarts = 1,
    [Range(0.0, 1.0)] double Rho = 0.75,
    Norm Norm = Norm.Linf) : Attack
{
    /// <inheritdoc/>
    internal override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, RunContext run)
    {
        using var scope = NewDisposeScope();
        var logits = Logits(victim, images);
        var results = images.clone();
        var done = criterion.Reached(logits);
        var objectives = criterion.Targeted || Targets == 0 ? [criterion] : criterion.Likeliest(logits, Targets);
        for (var round = 0; round < objectives.Count * Restarts; round++)
        {
            using var inner = NewDisposeScope();
            var active = Rows.Where(done.logical_not());
            if (active.shape[0] == 0) break;
            var ascent = new ApgdRun(victim, Steps, Rho, Loss, new(run, (long)round * Steps, (long)objectives.Count * Restarts * Steps));
            var near = Ball.Around(Rows.Pick(images, active), Norm, Radius);
            ascent.From(
                near.RandomPoint(run.Seed.For("start").For(round)),
                near,
                Radius,
                objectives[round / Restarts].Of(active),
                criterion.Of(active),
                active,
                results,
                done);
        }

        return results.MoveToOuterDisposeScope();
    }

    private protected override double? Ladder => Norm == Norm.Linf && Steps >= 5 ? Radius : null;

    private static Tensor Logits(Classifier victim, Tensor images)
    {
        using var noGrad = no_grad();
        return victim.call(images);
    }
}
