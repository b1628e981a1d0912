using System.Text.Json.Serialization;
using Pentimento.Attribution;
using Pentimento.Evaluation;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>Everything that a run on objects has measured.</summary>
/// <param name="Datasets">The sets.</param>
/// <param name="Networks">The networks, in the order of their training.</param>
internal sealed record ObjectsResults(IReadOnlyList<ObjectsSummary> Datasets, IReadOnlyList<ObjectsNetwork> Networks);

/// <summary>A set of objects in a few numbers.</summary>
/// <param name="Name">The set.</param>
/// <param name="Train">Training images.</param>
/// <param name="Test">Test images.</param>
/// <param name="Aligned">The share of test images on the ground that the set's name makes dominant.</param>
internal sealed record ObjectsSummary(string Name, int Train, int Test, Share Aligned);

/// <summary>What was measured of one network.</summary>
/// <param name="Network">Its name in the recipe.</param>
/// <param name="Supervision">What its training was given besides images and labels, in words.</param>
/// <param name="History">One record for each epoch.</param>
/// <param name="Sets">Its accuracy on every set.</param>
/// <param name="Grouped">Its accuracy on the set without a shortcut, group by group: a class on a ground.</param>
/// <param name="Swap">What becomes of its predictions when the ground is swapped.</param>
/// <param name="Focus">Where its evidence lies, in the images on green and in the same on blue.</param>
internal sealed record ObjectsNetwork(
    string Network,
    string Supervision,
    IReadOnlyList<EpochRecord> History,
    IReadOnlyList<SetEvaluation> Sets,
    SetEvaluation Grouped,
    BackgroundSwap Swap,
    IReadOnlyList<BackgroundLocalization> Focus)
{
    /// <summary>The group with the lowest accuracy.</summary>
    [JsonIgnore]
    public GroupAccuracy WorstGroup => Grouped.Groups!.MinBy(group => group.Accuracy)!;
}

/// <summary>Where a network's evidence lies in images on one ground.</summary>
/// <param name="Ground">The ground's name.</param>
/// <param name="Focus">The share of the evidence on the object.</param>
internal sealed record BackgroundLocalization(string Ground, EvidenceLocalization Focus);
