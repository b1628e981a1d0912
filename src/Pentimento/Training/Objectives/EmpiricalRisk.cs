using Pentimento.Foundation.Configuration;

namespace Pentimento.Training.Objectives;

/// <summary>Empirical risk minimisation: the plain mean cross-entropy.</summary>
/// <remarks>Vapnik, 1992, "Principles of risk minimization for learning theory".</remarks>
[Called("erm")]
public sealed record EmpiricalRisk : StatelessObjective
{
    /// <inheritdoc/>
    public override Loss Of(IReadOnlyList<Answers> environments, int step) => new(MeanRisk(environments));
}
