using Pentimento.Data;
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
    public abstract Tensor Perturb(Classifier victim, Tensor images, Aim aim, RunContext run);

    /// <summary>Attacks a whole set: float32 (N, C, H, W) on the processor.</summary>
    /// <param name="victim">The network to fool.</param>
    /// <param name="set">The images.</param>
    /// <param name="target">The class to reach, or null to leave the label.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    /// <exception cref="BadInputException">The images do not fit the network, or it does not know a class.</exception>
    public Tensor PerturbSet(Classifier victim, ImageSet set, int? target, RunContext run)
    {
        Require.That(set.Shape == victim.Shape, $"The network reads images of {victim.Shape}, {set.Name} has {set.Shape}.");
        Require.That(set.Labels.All(label => label < victim.Classes), $"{set.Name} has label {set.Labels.Max()}, but the network knows only {victim.Classes} classes.");
        Require.That(target is null || (target >= 0 && target < victim.Classes), $"--target {target}: the network knows the classes 0 to {victim.Classes - 1}.");
        using var scope = NewDisposeScope();
        var device = run.Device.ToTorch();
        var (images, labels, parts) = (set.Tensor(), set.LabelTensor(), new List<Tensor>());
        for (var start = 0; start < set.Count; start += Batch)
        {
            using var inner = NewDisposeScope();
            var own = labels.slice(0, start, Math.Min(start + Batch, set.Count), 1).to(device);
            var aim = target is { } wanted ? Aim.At(full_like(own, wanted)) : Aim.AwayFrom(own);
            var batch = run.Part(start, own.shape[0], set.Count) with { Seed = run.Seed.For("attack").For(start) };
            parts.Add(Perturb(victim, Pixels.Slice(images, start, Batch).to(device), aim, batch).cpu().MoveToOuterDisposeScope());
        }

        return cat(parts).MoveToOuterDisposeScope();
    }
}

/// <summary>What an attack wants: that the network leave some classes, or reach some.</summary>
public readonly struct Aim
{
    private Aim(Tensor classes, bool targeted) => (Classes, Targeted) = (classes, targeted);

    /// <summary>int64 (B): the classes to leave or to reach.</summary>
    public Tensor Classes { get; }

    /// <summary>Whether the classes are to be reached.</summary>
    public bool Targeted { get; }

    /// <summary>Any answer but these is a success.</summary>
    public static Aim AwayFrom(Tensor labels) => new(labels, false);

    /// <summary>Only these answers are a success.</summary>
    public static Aim At(Tensor targets) => new(targets, true);
}
