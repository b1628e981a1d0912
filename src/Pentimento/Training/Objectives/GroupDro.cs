using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>Group DRO: the weighted risk, whose weights grow on the environments of the highest risk.</summary>
/// <remarks>
/// Sagawa, Koh, Hashimoto and Liang, 2020, "Distributionally robust neural networks for group shifts", arXiv:1911.08731, algorithm 1:
/// before each step every weight is multiplied by exp(η risk), and all are divided by their sum.
/// </remarks>
/// <param name="StepSize">η, the step size of the weights.</param>
[Called("group-dro")]
internal sealed record GroupDro([Range(0.0, 100.0, MinimumIsExclusive = true)] double StepSize = 0.01) : Objective
{
    /// <inheritdoc/>
    public override Supervision RequiredSupervision => Supervision.Environments;

    /// <inheritdoc/>
    internal override IObjectiveState Begin() => new State(StepSize);

    private sealed class State(double stepSize) : BufferedObjectiveState
    {
        public override ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step)
        {
            var risks = stack(environments.Select(output => output.Risk()));
            var before = Buffer(() => full(environments.Count, 1.0 / environments.Count, device: risks.device));
            // Weights stay as they are multiplied by a common factor, so the largest exponent may be taken out.
            var raised = before * (stepSize * (risks.detach() - risks.detach().max())).exp();
            var weights = raised / raised.sum();
            SetBuffer(weights);
            return new((weights * risks).sum());
        }
    }
}
