using Pentimento.Foundation.Configuration;

namespace Pentimento.Training;

/// <summary>Empirical risk minimization: the mean cross-entropy.</summary>
/// <remarks>Vapnik, 1992, "Principles of risk minimization for learning theory".</remarks>
[Called("erm")]
internal sealed record EmpiricalRisk : StatelessObjective
{
    /// <inheritdoc/>
    public override ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step) => new(MeanRisk(environments));
}
