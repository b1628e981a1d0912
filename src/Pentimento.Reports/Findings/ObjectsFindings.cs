using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Painting.Objects;

namespace Pentimento.Reports.Findings;

/// <summary>The findings of a run on objects, in sentences.</summary>
internal static class ObjectsFindings
{
    /// <summary>What the page is called.</summary>
    public static string Title(ObjectsResults results) => results.Networks[0].Swap.Finding switch
    {
        Finding.Shortcut => "The network looked at the ground, not at the object",
        Finding.None => "The network did not follow the ground",
        _ => "Whether the network followed the ground cannot be told",
    };

    /// <summary>The findings in a few sentences.</summary>
    public static string Lead(ObjectsResults results)
    {
        var biased = results.Networks[0];
        return $"Trained on {biased.Sets[0].Data}, it is right in {Numbers.Percent(biased.Sets[0].Accuracy)} of unseen images of that kind, and in "
            + $"{Numbers.Percent(biased.Sets[1].Accuracy)} where the grounds are swapped. {biased.Swap.Verdict} {Repairs(results)}";
    }

    private static string Repairs(ObjectsResults results) => string.Join(' ', results.Networks.Skip(1).Select(network =>
        $"Of the {network.Network} network the other ground changes {Numbers.Percent(network.Swap.FlipRate)} of predictions, and its worst group, "
            + $"{Group(network.WorstGroup)}, has {Numbers.Percent(network.WorstGroup.Accuracy!.Value)} right instead of "
            + $"{Numbers.Percent(results.Networks[0].WorstGroup.Accuracy!.Value)} ({Group(results.Networks[0].WorstGroup)})."));

    /// <summary>A group in words.</summary>
    public static string Group(GroupAccuracy group) => $"{group.Class} on {group.Attributes[ObjectPainter.Ground]}";
}
