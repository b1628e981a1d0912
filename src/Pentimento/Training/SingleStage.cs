using Pentimento.Networks;

namespace Pentimento.Training;

/// <summary>One training of one network on the environments as they are given.</summary>
/// <remarks>The ordinary way; Vapnik, 1992, "Principles of risk minimization for learning theory", where there is one environment.</remarks>
internal sealed record SingleStage : Procedure
{
    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => objective.RequiredSupervision;

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        var network = environments.Build(architecture, "weights", run);
        return new(network, Trainer.Train(network, options, environments, log, run));
    }
}
