using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>What an attack achieved on a set.</summary>
/// <param name="Attack">Its SPEC.</param>
/// <param name="Data">The set.</param>
/// <param name="Source">The class whose images were attacked, or null for all.</param>
/// <param name="Target">The class to reach, or null where any wrong answer counted.</param>
/// <param name="Attacked">How many images were attacked.</param>
/// <param name="Count">How many of them count: those answered right beforehand and, targeted, not of the target's class.</param>
/// <param name="SuccessRate">The share of those that were fooled.</param>
/// <param name="Low">The lower end of its 95% Wilson interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="MedianL2">Over the fooled ones, of the change of all values of an image; null where none was fooled.</param>
/// <param name="MedianLinf">Over the fooled ones, of the largest change of a value; null where none was fooled.</param>
public sealed record AttackResult(
    string Attack, string Data, int? Source, int? Target, int Attacked, long Count, double SuccessRate, double Low, double High, double? MedianL2, double? MedianLinf)
{
    /// <summary>Asks the victim about both versions of every image and counts.</summary>
    /// <param name="attack">What was done.</param>
    /// <param name="victim">Whom it was done to.</param>
    /// <param name="set">The images before.</param>
    /// <param name="perturbed">float32 (N, C, H, W), the images after.</param>
    /// <param name="source">For the record: the class that was chosen, or null.</param>
    /// <param name="target">The class to reach, or null.</param>
    /// <param name="run">Hears about progress.</param>
    public static AttackResult Of(Attack attack, Classifier victim, ImageSet set, Tensor perturbed, int? source, int? target, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = inference_mode();
        var labels = set.LabelTensor();
        var before = Judge.Logits(victim, set, run).argmax(1);
        var after = Judge.Logits(victim, perturbed, run).argmax(1);
        var counts = before.eq(labels);
        if (target is { } wanted) counts = counts.logical_and(labels.ne(wanted));
        var fooled = counts.logical_and(target is { } reached ? after.eq(reached) : after.ne(labels));

        var change = (perturbed - Pixels.Slice(set.Tensor(), 0, set.Count)).flatten(1);
        var share = new Proportion(fooled.sum().item<long>(), counts.sum().item<long>());
        return new(
            Catalog.Write(attack), set.Name, source, target, set.Count, share.Count, share.Value, share.Low, share.High,
            Median(change.square().sum(1).sqrt(), fooled), Median(change.abs().amax([1]), fooled));
    }

    private static double? Median(Tensor values, Tensor chosen)
    {
        var sorted = values.masked_select(chosen).data<float>().ToArray().Order().ToArray();
        if (sorted.Length == 0) return null;
        return (sorted[(sorted.Length - 1) / 2] + (double)sorted[sorted.Length / 2]) / 2;
    }
}
