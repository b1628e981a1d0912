using Pentimento.Attacks;
using Pentimento.Networks;

namespace Pentimento.Training.Procedures;

/// <summary>Adversarial training: every batch is replaced by adversarial examples against the current weights.</summary>
/// <remarks>
/// Madry et al., 2018, "Towards deep learning models resistant to adversarial attacks", arXiv:1706.06083, with the PGD of their MNIST
/// networks cut to seven steps. <c>with=(pgd:steps=1,step-size=0.0625,radius=0.05)</c> is the cheap variant of Wong, Rice and Kolter, 2020,
/// "Fast is better than free", arXiv:2001.03994: one step of 1.25 radii from a random start.
/// </remarks>
internal sealed record AdversarialTraining : Procedure
{
    /// <summary>The attack on every batch.</summary>
    public Attack With { get; init; } = new Pgd(Radius: 0.05, Steps: 7, Rule: StepRule.Relative);

    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => objective.RequiredSupervision;

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        var network = environments.Build(architecture, "weights", run);
        return new(network, Trainer.Train(network, options, environments, log, run, With));
    }
}
