using Pentimento.Checks;
using Pentimento.Evaluation;

namespace Pentimento.Reports.Checks;

/// <summary>Sentences of a check that several of its files share.</summary>
internal static class CheckText
{
    /// <summary>How a group changed.</summary>
    public static string Of(GroupChange change) =>
        $"{change.Group}: {Numbers.Percent(change.Before)} before, {Numbers.Percent(change.After)} now; of {Numbers.Counted(change.Count, "image")} "
            + $"{Numbers.Whole(change.Lost)} lost and {Numbers.Whole(change.Gained)} gained, p = {Numbers.Significant(change.Adjusted)} corrected "
            + $"for the number of groups.";

    /// <summary>A status as tables show it.</summary>
    public static string Of(RequirementStatus status) => status switch
    {
        RequirementStatus.Passed => "passed",
        RequirementStatus.Failed => "FAILED",
        _ => "undecided",
    };
}
