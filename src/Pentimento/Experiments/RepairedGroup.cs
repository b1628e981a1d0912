using Pentimento.Data;
using Pentimento.Evaluation;

namespace Pentimento.Experiments;

/// <summary>One group of a set before and after the repair.</summary>
/// <param name="Data">The set.</param>
/// <param name="Group">The group in words: a class, or a class with a value of the attribute.</param>
/// <param name="Before">The accuracy of the network as it came.</param>
/// <param name="After">The accuracy of the repaired one; null where no method is recommended.</param>
public sealed record RepairedGroup(string Data, string Group, Share Before, Share? After)
{
    // A set with more groups is told by its classes alone.
    private const int Most = 60;

    /// <summary>Groups the held-out images, then each further set.</summary>
    /// <param name="sets">The held-out images first.</param>
    /// <param name="before">The network as it came.</param>
    /// <param name="after">The repaired one, or null.</param>
    /// <param name="attribute">What makes groups together with the class, where a set has it; null for classes alone.</param>
    internal static IReadOnlyList<RepairedGroup> Of(
        IReadOnlyList<ImageSet> sets, FineTuneAttempt before, FineTuneAttempt? after, string? attribute) =>
    [
        .. sets.SelectMany((set, at) =>
        {
            long[] Classes(FineTuneAttempt attempt) => at == 0 ? attempt.Outcome.OwnClasses : attempt.Predicted[at - 1];
            var grouping = new Grouping(set, attribute is not null && set.HasAttribute(attribute) ? [attribute] : []);
            if (grouping.Groups.Count > Most) grouping = new(set, []);
            IReadOnlyList<Share> Shares(FineTuneAttempt attempt) =>
                new Predictions(set.Name, Classes(attempt), set.Labels, 0).By(grouping.GroupOf, grouping.Groups.Count);
            var (first, second) = (Shares(before), after is null ? null : Shares(after));
            var name = at == 0 ? $"{set.Name} held out" : set.Name;
            return grouping.Groups.Select((group, place) => new RepairedGroup(name, group.In(grouping.Attributes), first[place], second?[place]));
        }),
    ];
}
