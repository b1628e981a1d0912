using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>A way to change images, hardly visibly, so that a network answers wrongly.</summary>
[Family("attacks")]
public abstract record Attack
{
    private const int Batch = 250;

    /// <summary>Attacks a batch.</summary>
    /// <param name="victim">In evaluation mode; its weights are neither changed nor differentiated.</param>
    /// <param name="images">float32 (B, C, H, W) in [0, 1]; not changed.</param>
    /// <param name="aim">The classes to leave or to reach.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    /// <returns>float32 (B, C, H, W) in [0, 1], within the attack's budget.</returns>
    public abstract Tensor Perturb(Classifier victim, Tensor images, BatchCriterion aim, RunContext run);

    /// <summary>The norm in which this attack looks for the smallest change that fools, or null where it spends a given budget.</summary>
    public virtual Norm? Minimal => null;

    /// <summary>Attacks a whole set, and says what raises doubt in the outcome.</summary>
    /// <param name="victim">The network to fool.</param>
    /// <param name="set">The images.</param>
    /// <param name="goal">What is wanted.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    /// <exception cref="BadInputException">The images do not fit the network, or it does not know a class.</exception>
    public virtual Attacked AttackSet(Classifier victim, ImageSet set, Criterion goal, RunContext run)
    {
        var checks = new GradientMaskingChecks();
        var images = InBatches(victim, set, goal, (batch, aim, part) => Perturb(victim, batch, aim, checks, part), run);
        return new(images, checks.Sentences);
    }

    /// <summary>The L∞ radius within which many steps are taken, so that one step of the whole radius should fool no more; null for others.</summary>
    private protected virtual double? Ladder => null;

    private Tensor Perturb(Classifier victim, Tensor images, BatchCriterion aim, GradientMaskingChecks checks, RunContext run)
    {
        using var scope = NewDisposeScope();
        checks.Look(victim, images, aim);
        var points = Perturb(victim, images, aim, run);
        if (Ladder is { } radius)
        {
            checks.Count(GradientMaskingChecks.Fgsm, victim, new Fgsm(radius).Perturb(victim, images, aim, run.Quietly()), aim);
            checks.Count(GradientMaskingChecks.Pgd, victim, points, aim);
        }

        return points.MoveToOuterDisposeScope();
    }

    /// <summary>Attacks a whole set: float32 (N, C, H, W) on the processor.</summary>
    /// <inheritdoc cref="AttackSet"/>
    public Tensor PerturbSet(Classifier victim, ImageSet set, Criterion goal, RunContext run) =>
        InBatches(victim, set, goal, (images, aim, part) => Perturb(victim, images, aim, part), run);

    /// <summary>Treats a whole set batch by batch: float32 (N, C, H, W) on the processor.</summary>
    /// <inheritdoc cref="AttackSet"/>
    private protected static Tensor InBatches(
        Classifier victim,
        ImageSet set,
        Criterion goal,
        Func<Tensor, BatchCriterion, RunContext, Tensor> perturb,
        RunContext run)
    {
        Check(victim, set, goal);
        using var scope = NewDisposeScope();
        // Before the work: a network whose answers are no numbers cannot be fooled.
        Predictor.Logits(victim, set, run.Quietly());
        var device = run.Device.ToTorch();
        var (images, parts) = (set.Tensor(), new List<Tensor>());
        var aim = AimOf(victim, set, goal, run);
        for (var start = 0; start < set.Count; start += Batch)
        {
            using var inner = NewDisposeScope();
            var places = arange(start, Math.Min(start + Batch, set.Count), ScalarType.Int64);
            var batch = run.Part(start, places.shape[0], set.Count) with { Seed = run.Seed.For("attack").For(start) };
            parts.Add(perturb(Pixels.Slice(images, start, Batch).to(device), aim.Of(places).To(device), batch).cpu().MoveToOuterDisposeScope());
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>The wish for every image of a set, on the processor.</summary>
    internal static BatchCriterion AimOf(Classifier victim, ImageSet set, Criterion goal, RunContext run) =>
        goal.For(set.LabelTensor(), goal.Asks ? Predictor.Logits(victim, set, run) : zeros(1, victim.Classes));

    private static void Check(Classifier victim, ImageSet set, Criterion goal)
    {
        Require.That(victim.Classes > 1, $"The network knows one class only, so no answer of it can be wrong.");
        ClassAgreement.Check(victim, set);
        Require.That(
            goal.Class is not { } one || (one >= 0 && one < victim.Classes),
            $"--target {goal}: the network knows the classes 0 to {victim.Classes - 1}.");
    }
}

/// <summary>What came out of attacking a set.</summary>
/// <param name="images">float32 (N, C, H, W) in [0, 1]; the caller owns it.</param>
/// <param name="warnings">What raises doubt in the outcome, in sentences.</param>
public readonly struct Attacked(Tensor images, IReadOnlyList<string> warnings)
{
    /// <summary>float32 (N, C, H, W) in [0, 1].</summary>
    public Tensor Images { get; } = images;

    /// <summary>What raises doubt in the outcome, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; } = warnings;
}
