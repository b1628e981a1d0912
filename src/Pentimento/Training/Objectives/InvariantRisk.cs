using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Pentimento.Training.Objectives;

/// <summary>IRMv1: the mean risk plus the mean squared gradient of each environment's risk by a scale on the logits.</summary>
/// <remarks>
/// Arjovsky, Bottou, Gulrajani and Lopez-Paz, 2019, "Invariant risk minimization", arXiv:1907.02893, section 3.1. For the
/// cross-entropy the gradient is mean(sum_k (softmax(z)_k - onehot_k) z_k): a closed form, with no second backward pass. The
/// square is the authors' convention; DomainBed multiplies the gradients of two halves of the batch.
/// </remarks>
/// <param name="Weight">λ, how much the penalty weighs once warm-up is over.</param>
/// <param name="WarmUp">Steps during which the penalty weighs 1; the sum is then divided by the weight, as the authors do.</param>
[Called("irm")]
public sealed record InvariantRisk([Range(0.0, 1e9)] double Weight = 100, [Range(0, int.MaxValue)] int WarmUp = 500) : StatelessObjective
{
    /// <inheritdoc/>
    public override Loss Of(IReadOnlyList<Answers> environments, int step)
    {
        var penalty = stack(environments.Select(answers => ScaleGradient(answers).square())).mean();
        var weight = step < WarmUp ? 1 : Weight;
        return new((MeanRisk(environments) + (weight * penalty)) / Math.Max(1, weight), penalty);
    }

    /// <summary>The derivative by s, at s = 1, of the mean cross-entropy of s times the logits.</summary>
    internal static Tensor ScaleGradient(Answers answers)
    {
        var expected = (nn.functional.softmax(answers.Logits, 1) * answers.Logits).sum(1);
        return (expected - answers.Logits.gather(1, answers.Labels.unsqueeze(1)).squeeze(1)).mean();
    }
}
