using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>V-REx: the mean risk plus the variance of the risk between environments.</summary>
/// <remarks>Krueger et al., 2021, "Out-of-distribution generalization via risk extrapolation", arXiv:2003.00688, eq. 8.</remarks>
/// <param name="Weight">β, the weight of the variance once warm-up is over.</param>
/// <param name="WarmUp">Number of warm-up steps.</param>
/// <param name="Early">The weight of the variance during warm-up.</param>
/// <param name="Softening">The treatment of the jump of the gradient when warm-up is over.</param>
/// <param name="Scaling">The scaling of risks and their differences.</param>
[Called("v-rex")]
internal sealed record VarianceRiskExtrapolation(
    [Range(0.0, 1e9)] double Weight = 10,
    [Range(0, int.MaxValue)] int WarmUp = 500,
    [Range(0.0, 1e9)] double Early = 1,
    Softening Softening = Softening.DivideLoss,
    RiskScaling Scaling = RiskScaling.Variance) : AnnealedObjective, IObjectiveState
{
    /// <inheritdoc/>
    internal override IObjectiveState Begin() => this;

    /// <inheritdoc/>
    public ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step)
    {
        var risks = stack(environments.Select(output => output.Risk()));
        // TorchSharp's var(unbiased: false) over all values still divides by one less than their number.
        var variance = (risks - risks.mean()).square().mean();
        // The squared differences of n numbers add up, over all pairs, to n squared times their variance.
        var differences = variance * environments.Count * environments.Count;
        return Scaling switch
        {
            RiskScaling.Variance => Sum(risks.mean(), variance, step),
            RiskScaling.MeanDifference => Sum(risks.mean(), differences, step),
            _ => Sum(risks.sum(), differences, step),
        };
    }
}

/// <summary>The scaling of risks and their differences in V-REx.</summary>
internal enum RiskScaling
{
    /// <summary>Mean risk and variance, divided by the number of environments, as in the paper and in DomainBed.</summary>
    Variance,

    /// <summary>The sum of the risks and of every pair's squared difference, as in the authors' Colored MNIST script.</summary>
    SumDifference,

    /// <summary>The mean risk and the sum of every pair's squared difference, as in the script of Fishr's authors.</summary>
    MeanDifference,
}
