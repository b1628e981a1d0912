using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The losses that attacks maximise: scores (B) of logits (B, K).</summary>
internal static class Score
{
    /// <summary>The cross-entropy of the class to leave, or minus that of the class to reach, in nats.</summary>
    public static Tensor CrossEntropy(Tensor logits, BatchCriterion criterion)
    {
        var loss = nn.functional.cross_entropy(logits, criterion.Classes, reduction: nn.Reduction.None);
        return criterion.Targeted ? -loss : loss;
    }

    /// <summary>The difference-of-logits ratio: the margin divided by the distance of the highest logit from lower ones, which makes it invariant to
    /// the scale of the logits.</summary>
    /// <remarks>
    /// Croce and Hein, 2020, arXiv:2003.01690, eq. 6 (the first and the third logit) and eq. 7 (the first and the mean of the
    /// third and fourth). Of three classes the last takes the missing fourth's place; of two there is no ratio, and the margin stands for it.
    /// </remarks>
    public static Tensor LogitsRatio(Tensor logits, BatchCriterion criterion)
    {
        if (logits.shape[1] < 3) return criterion.Margin(logits);
        var (sorted, _) = logits.sort(1, descending: true);
        var last = logits.shape[1] - 1;
        var third = sorted.select(1, 2);
        var low = criterion.Targeted ? (third + sorted.select(1, Math.Min(3, last))) / 2 : third;
        return criterion.Margin(logits) / (sorted.select(1, 0) - low + 1e-12);
    }
}

/// <summary>The loss that an attack maximises.</summary>
internal enum Loss
{
    /// <summary>The cross-entropy, whose gradient vanishes where the network is confident.</summary>
    CrossEntropy,

    /// <summary>The difference-of-logits ratio, which does not depend on the logits' scale.</summary>
    Dlr,
}
