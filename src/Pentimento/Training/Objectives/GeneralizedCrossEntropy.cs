using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>Generalised cross-entropy (1 - p^q) / q: hard images get small gradients, so that a shortcut is learned and kept.</summary>
/// <remarks>Zhang and Sabuncu, 2018, "Generalized cross entropy loss for training deep neural networks with noisy labels",
/// arXiv:1805.07836, eq. 6.</remarks>
/// <param name="Q">q: towards 0 it is the cross-entropy, at 1 the mean absolute error.</param>
[Called("gce")]
internal sealed record GeneralizedCrossEntropy([Range(0.0, 1.0, MinimumIsExclusive = true)] double Q = 0.7) : StatelessObjective
{
    /// <inheritdoc/>
    public override ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step) => new(stack(environments.Select(Risk)).mean());

    private Tensor Risk(EnvironmentOutput output)
    {
        var logProbability = nn.functional.log_softmax(output.Logits, 1).gather(1, output.Labels.unsqueeze(1));
        // p^q = exp(q ln p) stays exact where p underflows.
        return ((1 - (logProbability * Q).exp()) / Q).mean();
    }
}
