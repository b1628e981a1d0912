using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The unit in which a network's logits are measured: a last layer of a hundred times the weights decides alike, and is attacked
/// alike.</summary>
/// <remarks>
/// The published losses are kept wherever float32 carries them. Where it does not, logits are divided by one number for each image before the
/// loss is taken, as Carlini and Wagner, 2017, arXiv:1608.04644, section VII.A, advise against defensive distillation, whose large logits made
/// gradients of the cross-entropy vanish.
/// </remarks>
internal static class LogitScale
{
    // Networks as they are trained have logits that are between a tenth and two hundred apart.
    private const double Least = 0.1;
    private const double Most = 200;
    private const double Usual = 20;

    // Where the first class leads by more, its probability is 1 to the last bit of a float32, and 1 - p, the loss's gradient, is 0.
    private const double Saturated = 17;
    private const double Sure = 10;

    // The logits of one image differ by a millionth between batches of different sizes; what leads by less may not stay ahead.
    private const double Rounding = 1e-4;
    private const double Large = 100;

    /// <summary>What to divide each image's logits by, float32 (B, 1): 1 for logits of a usual size.</summary>
    /// <param name="logits">float32 (B, K).</param>
    public static Tensor Of(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var spread = logits.amax([1], keepdim: true) - logits.amin([1], keepdim: true);
        var usual = spread.ge(Least).logical_and(spread.le(Most)).logical_or(spread.eq(0));
        return where(usual, ones_like(spread), spread / Usual).MoveToOuterDisposeScope();
    }

    /// <summary>What to divide each image's logits by so that the cross-entropy of the class to leave has a gradient, float32 (B, 1).</summary>
    /// <param name="logits">float32 (B, K).</param>
    /// <param name="aim">The classes to leave or to reach.</param>
    public static Tensor ForCrossEntropy(Tensor logits, BatchCriterion aim)
    {
        using var scope = NewDisposeScope();
        var scale = Of(logits);
        // A class that is to be reached loses its gradient only where it is reached.
        if (aim.Targeted) return scale.MoveToOuterDisposeScope();
        var lead = -aim.Margin(logits / scale).unsqueeze(1);
        return where(lead.gt(Saturated), scale * lead / Sure, scale).MoveToOuterDisposeScope();
    }

    /// <summary>By how much an answer must lead to be more than rounding, in each image's logits, float32 (B).</summary>
    /// <param name="logits">float32 (B, K).</param>
    public static Tensor Safety(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var size = logits.abs().amax([1]);
        var share = where(size.lt(1), size, where(size.gt(Large), size / Large, ones_like(size)));
        return (Rounding * share).MoveToOuterDisposeScope();
    }
}
