using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>IRMv1: the mean risk plus the mean squared gradient of each environment's risk by a scale on the logits.</summary>
/// <remarks>
/// Arjovsky, Bottou, Gulrajani and Lopez-Paz, 2019, "Invariant risk minimization", arXiv:1907.02893, section 3.1. For the
/// cross-entropy the gradient is mean(sum_k (softmax(z)_k - onehot_k) z_k): a closed form, with no second backward pass.
/// </remarks>
/// <param name="Weight">λ, the weight of the penalty once warm-up is over.</param>
/// <param name="WarmUp">Number of warm-up steps.</param>
/// <param name="Early">The weight of the penalty during warm-up.</param>
/// <param name="Softening">The treatment of the jump of the gradient when warm-up is over.</param>
/// <param name="Variant">The estimator of the squared gradient.</param>
[Called("irm")]
internal sealed record InvariantRisk(
    [Range(0.0, 1e9)] double Weight = 100,
    [Range(0, int.MaxValue)] int WarmUp = 500,
    [Range(0.0, 1e9)] double Early = 1,
    Softening Softening = Softening.DivideLoss,
    InvarianceVariant Variant = InvarianceVariant.Squared) : AnnealedObjective, IObjectiveState
{
    /// <inheritdoc/>
    internal override IObjectiveState Begin() => this;

    /// <inheritdoc/>
    public ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step) =>
        Sum(EnvironmentOutput.MeanRisk(environments), stack(environments.Select(Penalty)).mean(), step);

    /// <summary>The derivative by s, at s = 1, of each image's cross-entropy of s times the logits, (N).</summary>
    internal static Tensor ScaleGradients(EnvironmentOutput output) => (output.Residual() * output.Logits).sum(1);

    private Tensor Penalty(EnvironmentOutput output)
    {
        var gradients = ScaleGradients(output);
        if (Variant == InvarianceVariant.Squared)
            return gradients.mean().square();
        Require.That(
            gradients.shape[0] > 1,
            $"irm:variant=split-half needs two images of each environment in a step, got {gradients.shape[0]}; raise the batch.");
        return gradients.slice(0, 0, gradients.shape[0], 2).mean() * gradients.slice(0, 1, gradients.shape[0], 2).mean();
    }
}

/// <summary>The estimator of a squared gradient in IRM.</summary>
internal enum InvarianceVariant
{
    /// <summary>The square of the mean over all images, as the authors do.</summary>
    Squared,

    /// <summary>The mean over every second image times the mean over the others, as DomainBed does: without bias by the batch, but it can
    /// be negative.</summary>
    SplitHalf,
}
