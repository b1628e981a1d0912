using Pentimento.Evaluation;

namespace Pentimento.Checks;

/// <summary>Decides whether a measurement meets a requirement, and whether the network passes.</summary>
internal static class RequirementDecision
{
    /// <summary>Decides a requirement.</summary>
    /// <exception cref="BadInputException">The requirement asks a sampled quantity to equal a number.</exception>
    public static RequirementResult Of(Requirement requirement, Measurement measured)
    {
        Require.That(
            requirement.Relation != Relation.Equal || measured.IsExact || measured.IsCount,
            $"'{requirement.Text}': {requirement.Left} is measured on a sample, so it equals no number; say >= or <=.");
        var isNumber = double.IsFinite(measured.Value);
        var status = isNumber ? requirement.Relation.Decide(measured, requirement.Limit) : RequirementStatus.Undecided;
        var needed = status == RequirementStatus.Undecided && isNumber && measured.Count is not null
            ? RequiredSampleSize.For(requirement.Relation, measured.Value, requirement.Limit)
            : null;
        return new(
            requirement.Text, Finite(measured.Value), Finite(measured.Low), Finite(measured.High), measured.Count, requirement.Limit, status,
            measured.Where, needed, Message(requirement, measured, status, needed));
    }

    /// <summary>Whether a network may pass with a requirement that came out so.</summary>
    public static bool Allows(RequirementStatus status, UndecidedRule rule) =>
        status == RequirementStatus.Passed || (status == RequirementStatus.Undecided && rule == UndecidedRule.Pass);

    /// <summary>The verdict in a sentence.</summary>
    public static string Verdict(bool passed, IReadOnlyList<RequirementResult> rows, IReadOnlyList<GroupChange> changes)
    {
        var failed = rows.Count(row => row.Status == RequirementStatus.Failed);
        var undecided = rows.Count(row => row.Status == RequirementStatus.Undecided);
        var regressed = changes.Where(change => change.Status == RequirementStatus.Failed).Select(change => change.Group).ToList();
        var parts = new[]
        {
            $"{rows.Count - failed - undecided} of {rows.Count} requirements passed",
            failed > 0 ? $"{failed} failed" : "",
            undecided > 0 ? $"{undecided} cannot be decided by these images" : "",
            regressed.Count > 0 ? $"worse than the baseline: {string.Join(", ", regressed)}" : "",
        };
        return $"{(passed ? "Passed" : "Not passed")}: {string.Join("; ", parts.Where(part => part.Length > 0))}.";
    }

    private static string Message(Requirement requirement, Measurement measured, RequirementStatus status, long? needed)
    {
        var format = requirement.Quantity.Format;
        var value = double.IsFinite(measured.Value) ? format(measured.Value) : "undefined";
        var interval = measured.IsExact ? "" : $" ({format(measured.Low)} to {format(measured.High)})";
        var where = measured.Where.Length > 0 ? $", {measured.Where}" : "";
        var enough = status != RequirementStatus.Undecided || measured.Count is null ? ""
            : needed is { } images ? $"; about {Numbers.Whole(images)} images would decide it"
            : "; it stands at its limit, which no number of images decides";
        return $"{requirement.Left} is {value}{interval}{where}, required {requirement.Relation.Sign()} {format(requirement.Limit)}{enough}.";
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
