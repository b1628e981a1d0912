using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>Group DRO: a weighted risk whose weights grow on the environments that do worst.</summary>
/// <remarks>
/// Sagawa, Koh, Hashimoto and Liang, 2020, "Distributionally robust neural networks for group shifts", arXiv:1911.08731, algorithm 1:
/// before each step every weight is multiplied by exp(η risk), and all are divided by their sum.
/// </remarks>
/// <param name="StepSize">η, how fast the weights follow the risks.</param>
[Called("group-dro")]
public sealed record GroupDro([Range(0.0, 100.0, MinimumIsExclusive = true)] double StepSize = 0.01) : Objective
{
    /// <inheritdoc/>
    public override Supervision Needs => Supervision.Environments;

    /// <inheritdoc/>
    public override IObjectiveState Begin() => new State(StepSize);

    private sealed class State(double stepSize) : RememberingState
    {
        public override Loss Of(IReadOnlyList<Answers> environments, int step)
        {
            var risks = stack(environments.Select(answers => answers.Risk()));
            var before = Recall(() => full(environments.Count, 1.0 / environments.Count, device: risks.device));
            // Weights stay as they are multiplied by a common factor, so the largest exponent may be taken out.
            var raised = before * (stepSize * (risks.detach() - risks.detach().max())).exp();
            var weights = raised / raised.sum();
            Remember(weights);
            return new((weights * risks).sum());
        }
    }
}
