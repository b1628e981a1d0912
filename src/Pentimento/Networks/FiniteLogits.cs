using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>The one check where logits are made: whatever is made of one that is no number would look like an answer.</summary>
internal static class FiniteLogits
{
    /// <summary>The same logits, if all of them are numbers.</summary>
    /// <param name="logits">float32 (N, ..., K).</param>
    /// <param name="name">What was asked about.</param>
    /// <exception cref="BadInputException">Some are infinite or not numbers.</exception>
    public static Tensor Of(Tensor logits, string name)
    {
        using var scope = NewDisposeScope();
        var broken = logits.isfinite().logical_not().flatten(1).any(1);
        var count = broken.sum().item<long>();
        Require.That(
            count == 0,
            $"The network's answers to {count:N0} of {logits.shape[0]:N0} images of {name} are not numbers (NaN or infinite): its weights are "
                + $"damaged, or its training diverged.");
        return logits;
    }
}
