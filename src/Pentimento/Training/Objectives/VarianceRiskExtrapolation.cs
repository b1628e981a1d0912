using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>V-REx: the mean risk plus the variance of the risk between environments.</summary>
/// <remarks>
/// Krueger et al., 2021, "Out-of-distribution generalization via risk extrapolation", arXiv:2003.00688, eq. 8. The variance
/// divides by the number of environments, as in DomainBed; dividing the sum by the weight follows the IRM authors' script.
/// </remarks>
/// <param name="Weight">β, how much the variance weighs once warm-up is over.</param>
/// <param name="WarmUp">Steps during which the variance weighs 1; the sum is then rescaled so that the gradient does not jump.</param>
[Called("v-rex")]
public sealed record VarianceRiskExtrapolation([Range(0.0, 1e9)] double Weight = 10, [Range(0, int.MaxValue)] int WarmUp = 500) : StatelessObjective
{
    /// <inheritdoc/>
    public override Loss Of(IReadOnlyList<Answers> environments, int step)
    {
        var risks = stack(environments.Select(answers => answers.Risk()));
        // TorchSharp's var(unbiased: false) over all values still divides by one less than their number.
        var variance = (risks - risks.mean()).square().mean();
        var weight = step < WarmUp ? 1 : Weight;
        return new((risks.mean() + (weight * variance)) / Math.Max(1, weight), variance);
    }
}
