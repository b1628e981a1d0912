using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>Fishr on the last layer: the mean risk plus a penalty on the differences, between environments, of the variance of
/// per-image gradients.</summary>
/// <remarks>
/// Rame, Dancette and Cord, 2022, "Fishr: invariant gradient variances for out-of-distribution generalization", arXiv:2109.02934, eq. 4, on the
/// classifier's layer as in the authors' code. An image's gradient by the weight (k, j) is (softmax - onehot)_k times feature j, so the variance over
/// images is a difference of two matrix products: no gradient of a single image is ever taken. Features are read before dropout.
/// </remarks>
/// <param name="Weight">λ, the weight of the penalty once warm-up is over.</param>
/// <param name="WarmUp">Number of warm-up steps.</param>
/// <param name="Early">The weight of the penalty during warm-up.</param>
/// <param name="Softening">The treatment of the jump of the gradient when warm-up is over.</param>
/// <param name="Momentum">γ, the decay of the moving average of the variances; its gradient is scaled so that it does not
/// depend on γ.</param>
/// <param name="Scaling">The scaling of the differences of variances.</param>
internal sealed record Fishr(
    [Range(0.0, 1e9)] double Weight = 1000,
    [Range(0, int.MaxValue)] int WarmUp = 1500,
    [Range(0.0, 1e9)] double Early = 0,
    Softening Softening = Softening.ResetMoments,
    [Range(0.0, 1.0, MaximumIsExclusive = true)] double Momentum = 0.95,
    VarianceScaling Scaling = VarianceScaling.Mean) : AnnealedObjective
{
    /// <inheritdoc/>
    internal override IObjectiveState Begin() => new State(this);

    /// <summary>The variance over images of the gradient by each weight and bias of the last layer, (K, F + 1).</summary>
    internal static Tensor GradientVariance(EnvironmentOutput output)
    {
        var residual = output.Residual();
        var features = cat([output.Features, ones_like(output.Features.slice(1, 0, 1, 1))], 1);
        var count = residual.shape[0];
        var mean = residual.t().mm(features) / count;
        return (residual.square().t().mm(features.square()) / count) - mean.square();
    }

    private sealed class State(Fishr fishr) : BufferedObjectiveState
    {
        public override bool ResetsOptimizer(int step) => fishr.ResetsOptimizer(step);

        public override ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step)
        {
            var now = stack(environments.Select(GradientVariance));
            var average = (fishr.Momentum * Buffer(() => zeros_like(now))) + ((1 - fishr.Momentum) * now);
            SetBuffer(average);
            var variances = average / (1 - fishr.Momentum);
            var differences = (variances - variances.mean([0], keepdim: true)).square();
            var penalty = fishr.Scaling == VarianceScaling.Mean ? differences.mean() : differences.slice(1, 1, differences.shape[1], 1).sum();
            return fishr.Sum(EnvironmentOutput.MeanRisk(environments), penalty, step);
        }
    }
}

/// <summary>The scaling of the differences of gradient variances in Fishr.</summary>
internal enum VarianceScaling
{
    /// <summary>The mean over environments and weights, as in DomainBed.</summary>
    Mean,

    /// <summary>
    /// The sum over environments and the weights of every logit but the first, as in the authors' Colored MNIST script, whose network has one logit.
    /// </summary>
    Sum,
}
