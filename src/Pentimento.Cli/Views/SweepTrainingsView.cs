using Pentimento.Cli.Terminal;
using Pentimento.Evaluation;
using Pentimento.Experiments;

namespace Pentimento.Cli.Views;

/// <summary>A sweep's groups of trials in their order, and what failed.</summary>
internal sealed class SweepTrainingsView : View<SweepTrainingsResult>
{
    /// <inheritdoc/>
    protected override bool NamesFiles => false;

    /// <inheritdoc/>
    protected override void Print(SweepTrainingsResult result, TextWriter output)
    {
        var groups = TrialGroup.Rank(result.Trials);
        var (validations, evaluations) = (Names(trial => trial.Validations), Names(trial => trial.Evaluations));
        Tables.Write(
            output,
            ["", .. groups[0].Settings.Keys, "seeds", "kept", "score"],
            groups.Select((group, rank) =>
                (IReadOnlyList<string>)
                    [
                        $"{rank + 1}",
                        .. group.Settings.Values,
                        $"{group.Trials.Count}",
                        string.Join(" ", group.Trials.Select(trial => trial.Kept)),
                        $"{group.Score:0.0000}",
                    ]));
        Tables.Write(
            output,
            ["", .. validations.Select(name => $"held-out {name}"), .. evaluations],
            groups.Select((group, rank) =>
                (IReadOnlyList<string>)
                    [
                        $"{rank + 1}",
                        .. validations.Select((_, at) => Spread(group, trial => trial.Validations[at])),
                        .. evaluations.Select((_, at) => Spread(group, trial => trial.Evaluations[at])),
                    ]));
        foreach (var failed in result.Trials.Where(trial => trial.Failure is not null))
            output.WriteLine(
                $"Failed: {string.Join(" ", groups[0].Settings.Keys.Select(name => $"{name}={failed.Settings[name]}"))}: {failed.Failure}");
        output.WriteLine($"Each trial keeps {result.Selected}. Trials are ranked by that rule's score; the test sets on the right select nothing.");
        if (result.Best is { } best) output.WriteLine($"Best:  {Path.Combine(result.Run, best.Model!)} (epoch {best.Kept})");
        output.WriteLine($"Table: {result.Table}");
        if (result.Figure is { } figure) output.WriteLine($"Plot:  {figure}");

        List<string> Names(Func<TrialResult, IReadOnlyList<SetAccuracy>> of) =>
            [.. result.Trials.Where(trial => trial.Failure is null).Take(1).SelectMany(of).Select(set => set.Data)];
    }

    private static string Spread(TrialGroup group, Func<TrialResult, SetAccuracy> of)
    {
        if (group.Trials.Count == 0) return "-";
        var (mean, low, high) = group.Accuracy(of);
        var only = of(group.Trials[0]);
        return group.Trials.Count > 1
            ? $"{Tables.Percent(mean)} ({Tables.Percent(low)} to {Tables.Percent(high)})"
            : $"{Tables.Percent(mean)} ({Tables.Percent(only.Low)} to {Tables.Percent(only.High)})";
    }
}
