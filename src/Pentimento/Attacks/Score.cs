using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>What attacks make large: scores (B) of logits (B, K).</summary>
internal static class Score
{
    /// <summary>The cross-entropy of the class to leave, or minus that of the class to reach, in nats.</summary>
    public static Tensor CrossEntropy(Tensor logits, BatchCriterion aim)
    {
        var loss = nn.functional.cross_entropy(logits, aim.Classes, reduction: nn.Reduction.None);
        return aim.Targeted ? -loss : loss;
    }

    /// <summary>The margin, measured in the distance of the highest logit from lower ones, so that the scale of the logits does not matter.</summary>
    /// <remarks>
    /// Croce and Hein, 2020, arXiv:2003.01690, eq. 6 (the first and the third logit) and eq. 7 (the first and the mean of the
    /// third and fourth). Of three classes the last takes the missing fourth's place; of two there is no ratio, and the margin stands for it.
    /// </remarks>
    public static Tensor LogitsRatio(Tensor logits, BatchCriterion aim)
    {
        if (logits.shape[1] < 3) return aim.Margin(logits);
        var (sorted, _) = logits.sort(1, descending: true);
        var last = logits.shape[1] - 1;
        var third = sorted.select(1, 2);
        var low = aim.Targeted ? (third + sorted.select(1, Math.Min(3, last))) / 2 : third;
        return aim.Margin(logits) / (sorted.select(1, 0) - low + 1e-12);
    }
}

/// <summary>What an attack climbs.</summary>
public enum Loss
{
    /// <summary>The cross-entropy, whose gradient vanishes where the network is sure.</summary>
    CrossEntropy,

    /// <summary>The difference-of-logits ratio, which does not depend on the logits' scale.</summary>
    Dlr,
}
