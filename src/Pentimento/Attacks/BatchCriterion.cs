using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Pentimento.Attacks;

/// <summary>The success criterion of an attack on a batch: leaving the given classes (untargeted) or reaching them (targeted).</summary>
internal readonly struct BatchCriterion
{
    private BatchCriterion(Tensor classes, bool targeted) => (Classes, Targeted) = (classes, targeted);

    /// <summary>int64 (B): the classes to leave or to reach.</summary>
    public Tensor Classes { get; }

    /// <summary>Whether the classes are to be reached.</summary>
    public bool Targeted { get; }

    /// <summary>The untargeted criterion: any prediction but these classes is a success.</summary>
    public static BatchCriterion AwayFrom(Tensor labels) => new(labels, false);

    /// <summary>The targeted criterion: only these classes are a success.</summary>
    public static BatchCriterion At(Tensor targets) => new(targets, true);

    /// <summary>The same criterion for some of the images.</summary>
    /// <param name="places">int64 (b), which ones.</param>
    public BatchCriterion Of(Tensor places) => new(Classes.index_select(0, places), Targeted);

    /// <summary>A criterion of the same kind for other classes.</summary>
    /// <param name="classes">int64 (b).</param>
    public BatchCriterion With(Tensor classes) => new(classes, Targeted);

    /// <summary>The same criterion on a device.</summary>
    public BatchCriterion To(Device device) => new(Classes.to(device), Targeted);

    /// <summary>The targeted criteria of the likeliest classes other than these, the likeliest first.</summary>
    /// <param name="logits">float32 (B, K).</param>
    /// <param name="most">The number of criteria; no more than there are other classes.</param>
    public IReadOnlyList<BatchCriterion> Likeliest(Tensor logits, int most)
    {
        using var scope = NewDisposeScope();
        var mine = nn.functional.one_hot(Classes, logits.shape[1]).to_type(ScalarType.Bool);
        var order = logits.masked_fill(mine, float.NegativeInfinity).argsort(1, descending: true);
        return [.. Enumerable.Range(0, (int)Math.Min(most, logits.shape[1] - 1)).Select(at => At(order.select(1, at).MoveToOuterDisposeScope()))];
    }

    /// <summary>The margin by which the criterion is met, in logits, float32 (B): positive where it is.</summary>
    /// <param name="logits">float32 (B, K).</param>
    /// <remarks>The f of Carlini and Wagner with the true maximum over the other classes, which no logit of zero competes with.</remarks>
    public Tensor Margin(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var own = logits.gather(1, Classes.unsqueeze(1)).squeeze(1);
        var mine = nn.functional.one_hot(Classes, logits.shape[1]).to_type(ScalarType.Bool);
        var other = logits.masked_fill(mine, float.NegativeInfinity).amax([1]);
        return (Targeted ? own - other : other - own).MoveToOuterDisposeScope();
    }

    /// <summary>Which images the network is fooled on, bool (B), by more than rounding can undo.</summary>
    /// <param name="logits">float32 (B, K).</param>
    /// <param name="confidence">κ, the margin in logits by which the criterion must be met.</param>
    public Tensor Reached(Tensor logits, double confidence = 0)
    {
        using var scope = NewDisposeScope();
        return Margin(logits).gt(LogitScale.Safety(logits).clamp(min: confidence)).MoveToOuterDisposeScope();
    }
}
