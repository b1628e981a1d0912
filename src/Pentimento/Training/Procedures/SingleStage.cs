using Pentimento.Networks;
using Pentimento.Training.Objectives;

namespace Pentimento.Training.Procedures;

/// <summary>One training on the environments as they are given.</summary>
/// <remarks>The ordinary way; Vapnik, 1992, "Principles of risk minimization for learning theory", where there is one environment.</remarks>
public sealed record SingleStage : Procedure
{
    /// <inheritdoc/>
    public override Supervision Needs(Objective objective) => objective.Needs;

    /// <inheritdoc/>
    public override Trained Train(Architecture architecture, Course course, Environments environments, TrainingLog logbook, RunContext run)
    {
        var network = environments.Build(architecture, "weights", run);
        return new(network, Trainer.Train(network, course, environments, logbook, run));
    }
}
