using System.ComponentModel.DataAnnotations;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>
/// Group-robust gradient extrapolation: trains a biased network, samples each step one batch with its predictions as they are and one with them more
/// even, and follows the line through both losses beyond the second. No bias labels.
/// </summary>
/// <remarks>
/// Asaad, Shadaydeh and Denzler, 2025, "Gradient extrapolation for debiased representation learning" (GERNE, ICCV), arXiv:2503.13236. In both
/// batches classes are equally frequent (our reading: the paper's text was not at hand); within a class the biased prediction has the share α in the
/// first and α + c (1/A - α) in the second, A the number of predictions in it. The loss is that of the second plus β times what it is above the
/// first: with c (1 + β) = 1 the expected gradient is that of even groups, beyond that it favours the rare ones.
/// </remarks>
/// <param name="Evenness">c, how far the second batch goes towards even groups.</param>
/// <param name="Beyond">β, how far the loss goes beyond the second batch.</param>
internal sealed record GradientExtrapolation(
    [Range(0.0, 1.0, MinimumIsExclusive = true)] double Evenness = 0.5, [Range(0.0, 100.0)] double Beyond = 1) : TwoStages
{
    /// <inheritdoc/>
    protected override bool FindsEnvironments => true;

    /// <inheritdoc/>
    protected override Environments SecondStage(Classifier reference, Environments environments, RunContext run)
    {
        var set = environments.Sets[0];
        var predicted = Predictor.Classes(reference, set, run);
        return new([set, set]) { Weights = [Weights(set.Labels, predicted, 0), Weights(set.Labels, predicted, Evenness)] };
    }

    /// <inheritdoc/>
    private protected override TrainingOptions SecondOptions(TrainingOptions options)
    {
        Require.That(
            options.Objective is EmpiricalRisk,
            $"gradient-extrapolation combines the plain risks itself; got {Catalog.Write(options.Objective)}.");
        return options with { Objective = new BeyondSecond(this) };
    }

    /// <summary>The sampling weight of each image.</summary>
    /// <param name="labels">(N), the classes.</param>
    /// <param name="predictions">(N), the biased network's.</param>
    /// <param name="evenness">c: at 0 groups have their shares of the class, at 1 all the same.</param>
    internal static double[] Weights(long[] labels, long[] predictions, double evenness)
    {
        var groups = labels.Zip(predictions).ToList();
        var (sizes, groupSizes) = (labels.CountBy(label => label).ToDictionary(), groups.CountBy(group => group).ToDictionary());
        var values = groupSizes.Keys.CountBy(group => group.First).ToDictionary();
        return
        [
            .. groups.Select(group =>
            {
                var share = (double)groupSizes[group] / sizes[group.First];
                return (share + (evenness * ((1.0 / values[group.First]) - share))) / groupSizes[group];
            }),
        ];
    }

    /// <summary>The loss of the second batch plus β times what it is above the first.</summary>
    /// <param name="risk">(), the first batch's.</param>
    /// <param name="evener">(), the second batch's.</param>
    internal Tensor Extrapolated(Tensor risk, Tensor evener) => evener + (Beyond * (evener - risk));

    private sealed record BeyondSecond(GradientExtrapolation Line) : StatelessObjective
    {
        public override ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step)
        {
            var (risk, evener) = (environments[0].Risk(), environments[1].Risk());
            return new(Line.Extrapolated(risk, evener), evener - risk);
        }
    }
}
