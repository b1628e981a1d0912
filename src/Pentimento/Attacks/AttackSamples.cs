using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Attacks;

/// <summary>A few images before and after an attack on one network, with its gradients and the evidence for its predictions, for a drawing.</summary>
/// <param name="Network">The network's name; empty where there is only one.</param>
/// <param name="Attack">The attack.</param>
/// <param name="Task">Which images were attacked, and with which criterion.</param>
/// <param name="Images">The images before.</param>
/// <param name="Perturbed">float32 (C, H, W) of each image after.</param>
/// <param name="Before">int64 (N), the classes predicted before.</param>
/// <param name="After">int64 (N), the classes predicted after.</param>
/// <param name="GradientBefore">float32 (H, W) of each, the absolute gradient of the loss by the image.</param>
/// <param name="GradientAfter">The same of the attacked images.</param>
/// <param name="EvidenceBefore">float32 (H, W) of each, the positive evidence for the predicted class (Grad-CAM).</param>
/// <param name="EvidenceAfter">The same of the attacked images.</param>
internal sealed record AttackSamples(
    string Network, Attack Attack, AttackTask Task, ImageSet Images, float[][] Perturbed, long[] Before, long[] After,
    float[][] GradientBefore, float[][] GradientAfter, float[][] EvidenceBefore, float[][] EvidenceAfter)
{
    private const int Most = 10;

    /// <summary>What files about this attack and task are called.</summary>
    public string Title => TitleOf(Attack, Task);

    /// <inheritdoc cref="Title"/>
    public static string TitleOf(Attack attack, AttackTask task) => $"{Catalog.NameOf(attack)}-{$"{task}".Replace(':', '-')}";

    /// <summary>The indices of images to show: those that count, fooled ones first, as far as possible of different classes.</summary>
    public static int[] Choose(ImageSet set, AttackOutcome outcome) =>
        [
            .. Enumerable
                .Range(0, set.Count)
                .Where(at => outcome.Counts[at])
                .GroupBy(at => set.Labels[at])
                .SelectMany(group => group.OrderBy(at => !outcome.Fooled[at]).Select((at, rank) => (At: at, Rank: rank)))
                .OrderBy(entry => !outcome.Fooled[entry.At])
                .ThenBy(entry => entry.Rank)
                .ThenBy(entry => set.Labels[entry.At])
                .Take(Most)
                .Select(entry => entry.At)
                .Order(),
        ];
}
