using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;
using Pentimento.Operations;

namespace Pentimento.Cli.Views;

/// <summary>Accuracies as a table, and below it each set's groups.</summary>
internal sealed class EvaluateView : View<EvaluateResult>
{
    private const int MostNamed = 12;

    /// <inheritdoc/>
    protected override void Print(EvaluateResult result, TextWriter output)
    {
        Tables.Write(output, result.Evaluations);
        foreach (var set in result.Evaluations.Where(set => set.Skipped > 0))
            output.WriteLine($"{Printable.Of(set.Data)}: {set.Skipped:N0} damaged pictures were left out.");
        foreach (var set in result.Evaluations.Where(set => set.Groups is not null)) Print(set, set.Groups!, output);
    }

    private static void Print(SetEvaluation set, IReadOnlyList<GroupAccuracy> groups, TextWriter output)
    {
        output.WriteLine($"Groups of {Printable.Of(set.Data)}:");
        string[] headings = ["class", .. groups[0].Attributes.Keys, "images", "accuracy", "95% interval"];
        // The lowest are asked for, in their own order; a table of hundreds shows nothing.
        var lowest = groups.OrderBy(group => group.Accuracy).Take(MostNamed).ToHashSet();
        if (groups.Count > MostNamed) output.WriteLine($"The {MostNamed} lowest of {groups.Count:N0}; all of them: --json, --predictions F.csv");
        Tables.Write(output, headings, groups.Where(lowest.Contains).Select(group => (IReadOnlyList<string>)
        [
            group.Class, .. group.Attributes.Values, Numbers.Whole(group.Count), Tables.Percent(group.Accuracy),
            $"{Tables.Percent(group.Low)} to {Tables.Percent(group.High)}",
        ]));
        output.WriteLine($"Worst group {Tables.Percent(set.WorstGroup)}, mean of the groups {Tables.Percent(set.AverageGroup)}"
            + (set.AdjustedAccuracy is { } adjusted ? $", adjusted to {Printable.Of(set.AdjustedTo!)} {Tables.Percent(adjusted)}." : "."));
        output.WriteLine(Printable.Of(set.WorstGroupVerdict!));
        if (set.EmptyGroups is not { Count: > 0 } empty) return;
        output.WriteLine($"Without images: {string.Join("; ", empty.Take(MostNamed).Select(group => Printable.Of(group)))}"
            + (empty.Count > MostNamed ? $" and {empty.Count - MostNamed:N0} more." : "."));
    }
}
