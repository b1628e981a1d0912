using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>An objective without buffers: its loss depends on the step's outputs alone.</summary>
internal abstract record StatelessObjective : Objective, IObjectiveState
{
    /// <inheritdoc/>
    internal sealed override IObjectiveState Begin() => this;

    /// <inheritdoc/>
    public abstract ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step);

    /// <summary>The mean over environments of each one's mean cross-entropy.</summary>
    protected static Tensor MeanRisk(IReadOnlyList<EnvironmentOutput> environments) => EnvironmentOutput.MeanRisk(environments);
}
