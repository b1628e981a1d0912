using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Image by image, what an attack achieved.</summary>
/// <param name="Right">Which images the network answers right beforehand.</param>
/// <param name="Counts">Which of those count: all, or, targeted, those whose label is not the target.</param>
/// <param name="Reached">Whose answer is as wanted afterwards.</param>
/// <param name="Before">The answers before.</param>
/// <param name="After">The answers after.</param>
/// <param name="Confidence">The probability of the answer after, 0..1.</param>
public sealed record Outcome(bool[] Right, bool[] Counts, bool[] Reached, long[] Before, long[] After, float[] Confidence)
{
    /// <summary>Which images the attack may call a success.</summary>
    public bool[] Fooled { get; } = [.. Counts.Zip(Reached, (counts, reached) => counts && reached)];

    /// <summary>Asks the victim about both versions of every image.</summary>
    /// <param name="victim">Whom it was done to.</param>
    /// <param name="set">The images before.</param>
    /// <param name="perturbed">float32 (N, C, H, W), the images after.</param>
    /// <param name="goal">What was wanted.</param>
    /// <param name="run">Hears about progress.</param>
    public static Outcome Of(Classifier victim, ImageSet set, Tensor perturbed, Criterion goal, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var labels = set.LabelTensor();
        var (before, after) = (Predictor.Logits(victim, set, run), Predictor.Logits(victim, perturbed, run));
        var (aim, answers) = (goal.For(labels, before), after.argmax(1));
        var right = before.argmax(1).eq(labels);
        return new(
            Flags(right),
            Flags(goal.Targeted ? right.logical_and(labels.ne(aim.Classes)) : right),
            Flags(goal.Targeted ? answers.eq(aim.Classes) : answers.ne(labels)),
            before.argmax(1).data<long>().ToArray(),
            answers.data<long>().ToArray(),
            after.softmax(1).amax([1]).data<float>().ToArray());
    }

    private static bool[] Flags(Tensor mask) => mask.data<bool>().ToArray();
}
