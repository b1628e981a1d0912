using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The per-image outcome of an attack.</summary>
/// <param name="Correct">Which images the network predicts correctly beforehand.</param>
/// <param name="Counts">Which of those count: all, or, if targeted, those whose label is not the target.</param>
/// <param name="Reached">Which images meet the criterion afterwards.</param>
/// <param name="Before">The predicted classes before.</param>
/// <param name="After">The predicted classes after.</param>
/// <param name="Confidence">The probability of the predicted class after, 0..1.</param>
internal sealed record AttackOutcome(bool[] Correct, bool[] Counts, bool[] Reached, long[] Before, long[] After, float[] Confidence)
{
    /// <summary>Which images count as successes.</summary>
    public bool[] Fooled { get; } = [.. Counts.Zip(Reached, (counts, reached) => counts && reached)];

    /// <summary>Evaluates the victim on both versions of every image.</summary>
    /// <param name="victim">The network attacked.</param>
    /// <param name="set">The images before.</param>
    /// <param name="perturbed">float32 (N, C, H, W), the images after.</param>
    /// <param name="criterion">What counts as a success.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public static AttackOutcome Of(Classifier victim, ImageSet set, Tensor perturbed, Criterion criterion, RunContext run)
    {
        using var scope = NewDisposeScope();
        return Of(victim, set, Predictor.Logits(victim, set, run), perturbed, criterion, run);
    }

    /// <summary>The same where the logits before, float32 (N, K), are known already.</summary>
    public static AttackOutcome Of(Classifier victim, ImageSet set, Tensor before, Tensor perturbed, Criterion criterion, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var labels = set.LabelTensor();
        var after = Predictor.Logits(victim, perturbed, run);
        var (wanted, predicted) = (criterion.For(labels, before), after.argmax(1));
        var correct = before.argmax(1).eq(labels);
        return new(
            Flags(correct),
            Flags(criterion.Targeted ? correct.logical_and(labels.ne(wanted.Classes)) : correct),
            Flags(criterion.Targeted ? predicted.eq(wanted.Classes) : predicted.ne(labels)),
            before.argmax(1).data<long>().ToArray(),
            predicted.data<long>().ToArray(),
            after.softmax(1).amax([1]).data<float>().ToArray());
    }

    private static bool[] Flags(Tensor mask) => mask.data<bool>().ToArray();
}
