using Pentimento.Evaluation;

namespace Pentimento.Checks;

/// <summary>The accuracy: over all images, of a class, of a group, or of the worst one.</summary>
/// <remarks>
/// The worst group passes only if each group does, and fails if one does after correction for their number (Bonferroni). Groups are class by
/// attribute, as in Sagawa et al., 2020, arXiv:1911.08731.
/// </remarks>
/// <param name="Class">A class by name or number, worst, or all.</param>
/// <param name="By">The attribute that makes groups with the class, or none.</param>
/// <param name="Group">With an attribute: worst, or a group as CLASS/VALUE.</param>
internal sealed record Accuracy(string Class = "all", string By = "none", string Group = "worst") : Quantity
{
    /// <inheritdoc/>
    public override Measurement Measure(CheckSubject subject)
    {
        var groups = By == "none" ? OfClasses(subject) : CheckGroups.By(subject.Images, By);
        if (By == "none" && Class == "all") return Of(subject, groups[0]);
        var wanted = By == "none" ? Class : Group;
        if (wanted == "worst") return Worst(subject, groups);
        var found = groups.FirstOrDefault(group => group.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        Require.That(
            found is not null,
            $"{subject.Images.Name} has no images of '{Printable.Short(wanted)}'; {Names.Suggest(wanted, groups.Select(group => group.Name))}");
        return Of(subject, found);
    }

    private IReadOnlyList<CheckGroup> OfClasses(CheckSubject subject) =>
        Class == "all" ? [CheckGroups.All(subject.Images)] : CheckGroups.By(subject.Images);

    private static Measurement Of(CheckSubject subject, CheckGroup group) =>
        Measurement.Of(ShareOf(subject, group)) with { Against = WrongOf(subject, group) };

    private static Measurement Worst(CheckSubject subject, IReadOnlyList<CheckGroup> groups)
    {
        var shares = groups.Select(group => ShareOf(subject, group)).ToList();
        var worst = Enumerable.Range(0, groups.Count).MinBy(at => shares[at].Value);
        var low = shares.Min(share => ExactInterval.Of(share.Hits, share.Count).Low);
        var high = shares.Min(share => ExactInterval.Of(share.Hits, share.Count, ExactInterval.Tail / groups.Count).High);
        return new(shares[worst].Value, low, high, shares[worst].Count)
        {
            Where = $"lowest: {groups[worst].Name}",
            Against = WrongOf(subject, groups[worst]),
        };
    }

    private static Share ShareOf(CheckSubject subject, CheckGroup group) =>
        new(group.Places.LongCount(place => subject.Predictions.Correct[place]), group.Places.Count);

    private static IReadOnlyList<int> WrongOf(CheckSubject subject, CheckGroup group) =>
        [.. group.Places.Where(place => !subject.Predictions.Correct[place])];
}
