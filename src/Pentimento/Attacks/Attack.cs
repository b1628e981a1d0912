using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>An adversarial attack: perturbs images within a small norm so that a network misclassifies them.</summary>
[Family("attacks")]
public abstract record Attack
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Attack(string spec) => Catalog.Read<Attack>(spec);

    private const int Batch = 250;

    /// <summary>Perturbs a batch of images.</summary>
    /// <param name="victim">In evaluation mode; its weights are neither changed nor differentiated.</param>
    /// <param name="images">float32 (B, C, H, W) in [0, 1]; not changed.</param>
    /// <param name="criterion">The classes to leave or to reach.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    /// <returns>float32 (B, C, H, W) in [0, 1], within the attack's radius.</returns>
    internal abstract Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, RunContext run);

    /// <summary>The norm that this attack minimises, or null for an attack within a given radius.</summary>
    internal virtual Norm? Minimal => null;

    /// <summary>Perturbs a whole set and checks for signs of gradient masking.</summary>
    /// <param name="victim">The network to fool.</param>
    /// <param name="set">The images.</param>
    /// <param name="criterion">What counts as a success.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    /// <exception cref="BadInputException">The images do not fit the network, or it does not know a class.</exception>
    internal virtual Attacked AttackSet(Classifier victim, ImageSet set, Criterion criterion, RunContext run)
    {
        var checks = new GradientMaskingChecks();
        var images = InBatches(victim, set, criterion, (batch, wanted, part) => Perturb(victim, batch, wanted, checks, part), run);
        return new(images, checks.Warnings);
    }

    /// <summary>The L∞ radius within which many steps are taken, so that one step of the whole radius should fool no more; null for others.</summary>
    private protected virtual double? Ladder => null;

    private Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, GradientMaskingChecks checks, RunContext run)
    {
        using var scope = NewDisposeScope();
        checks.Observe(victim, images, criterion);
        var points = Perturb(victim, images, criterion, run);
        if (Ladder is { } radius)
        {
            checks.Count(GradientMaskingChecks.Fgsm, victim, new Fgsm(radius).Perturb(victim, images, criterion, run.WithoutProgress()), criterion);
            checks.Count(GradientMaskingChecks.Pgd, victim, points, criterion);
        }

        return points.MoveToOuterDisposeScope();
    }

    /// <summary>Perturbs a whole set in batches: float32 (N, C, H, W) on the CPU.</summary>
    /// <inheritdoc cref="AttackSet"/>
    internal Tensor PerturbSet(Classifier victim, ImageSet set, Criterion criterion, RunContext run) =>
        InBatches(victim, set, criterion, (images, wanted, part) => Perturb(victim, images, wanted, part), run);

    /// <summary>Perturbs a whole set batch by batch: float32 (N, C, H, W) on the CPU.</summary>
    /// <inheritdoc cref="AttackSet"/>
    private protected static Tensor InBatches(
        Classifier victim,
        ImageSet set,
        Criterion criterion,
        Func<Tensor, BatchCriterion, RunContext, Tensor> perturb,
        RunContext run)
    {
        Check(victim, set, criterion);
        using var scope = NewDisposeScope();
        // Before the work: a network whose answers are no numbers cannot be fooled.
        Predictor.Logits(victim, set, run.WithoutProgress());
        var device = run.Device.ToTorch();
        var parts = new List<Tensor>();
        var wanted = CriterionOf(victim, set, criterion, run);
        // An image, its gradient and what either is made of.
        var size = BatchSize.Of(victim, Batch, run, copies: 3);
        for (var start = 0; start < set.Count; start += size)
        {
            using var inner = NewDisposeScope();
            var places = arange(start, Math.Min(start + size, set.Count), ScalarType.Int64);
            var batch = run.Part(start, places.shape[0], set.Count) with { Seed = run.Seed.For("attack").For(start) };
            parts.Add(perturb(Pixels.Slice(set, start, size).to(device), wanted.Of(places).To(device), batch).cpu().MoveToOuterDisposeScope());
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>The criterion of every image of a set, on the CPU.</summary>
    internal static BatchCriterion CriterionOf(Classifier victim, ImageSet set, Criterion criterion, RunContext run) =>
        criterion.For(set.LabelTensor(), criterion.DependsOnPredictions ? Predictor.Logits(victim, set, run) : zeros(1, victim.Classes));

    private static void Check(Classifier victim, ImageSet set, Criterion criterion)
    {
        Require.That(victim.Classes > 1, $"The network knows one class only, so no answer of it can be wrong.");
        ClassAgreement.Check(victim, set);
        Require.That(
            criterion.Class is not { } one || (one >= 0 && one < victim.Classes),
            $"--target {criterion}: the network knows the classes 0 to {victim.Classes - 1}.");
    }
}

/// <summary>The adversarial images of a set, with warnings.</summary>
/// <param name="images">float32 (N, C, H, W) in [0, 1]; the caller owns it.</param>
/// <param name="warnings">Signs that the success rate underestimates the network's vulnerability, in sentences.</param>
internal readonly struct Attacked(Tensor images, IReadOnlyList<string> warnings)
{
    /// <summary>float32 (N, C, H, W) in [0, 1].</summary>
    public Tensor Images { get; } = images;

    /// <summary>Signs that the success rate underestimates the network's vulnerability, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; } = warnings;
}
