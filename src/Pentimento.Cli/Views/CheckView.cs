using Pentimento.Checks;
using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;

namespace Pentimento.Cli.Views;

/// <summary>The requirements as one table, the worse groups as another, and the verdict.</summary>
internal sealed class CheckView : View<CheckResult>
{
    /// <inheritdoc/>
    protected override void Print(CheckResult result, TextWriter output)
    {
        Tables.Write(
            output,
            ["requirement", "measured", "95% interval", "images", "status"],
            result.Requirements.Select(row => (IReadOnlyList<string>)
            [
                row.Requirement, Format(row, row.Measured), row.Low is null || row.Low.Equals(row.High) ? "exact" : $"{Format(row, row.Low)} to "
                    + $"{Format(row, row.High)}",
                row.Count is { } count ? Numbers.Whole(count) : "-", Names.Kebab(row.Status.ToString()),
            ]));
        if (result.Regressions.Count > 0)
        {
            Tables.Write(
                output,
                ["group", "images", "before", "now", "lost", "gained", "p, corrected", "status"],
                result.Regressions.Select(change => (IReadOnlyList<string>)
                [
                    change.Group, Numbers.Whole(change.Count), Tables.Percent(change.Before), Tables.Percent(change.After),
                    Numbers.Whole(change.Lost), Numbers.Whole(change.Gained), Numbers.Significant(change.Adjusted),
                    change.Status == RequirementStatus.Failed ? "worse" : "not worse",
                ]));
        }

        foreach (var row in result.Requirements.Where(row => row.Status != RequirementStatus.Passed)) output.WriteLine(Printable.Of(row.Message));
        output.WriteLine(Printable.Of(result.Verdict));
        if (result.Policy is { } policy) output.WriteLine($"Written: {policy}");
    }

    private static string Format(RequirementResult row, double? value) =>
        value is { } known ? Requirement.Parse(row.Requirement).Quantity.Format(known) : "undefined";
}
