using Pentimento.Cli.Terminal;
using Pentimento.Experiments;
using Pentimento.Reports.Figures;

namespace Pentimento.Cli.Verbs;

/// <summary><c>sweep RECIPE</c>: many trainings side by side, one table.</summary>
internal static class SweepVerb
{
    private sealed record Result(string Run, string Table, string? Figure, string Selected, IReadOnlyList<TrialResult> Trials, TrialResult? Best);

    public static Verb Create(Host host)
    {
        var recipe = new Argument<string>("RECIPE")
        {
            Description = "A sweep's file, or the name of one that comes along: laziest, smudging, annealing, invariance.",
        };
        var folder = new Option<string?>("--out")
        {
            Description = "The run's folder; one that is begun is continued (default: a new one in runs/).",
            HelpName = "FOLDER",
        };
        var jobs = new Option<int>("--jobs") { Description = "How many trials are trained at a time, 0 for one a core.", HelpName = "N" }.AtLeast(0);
        var limit = new Option<int?>("--limit")
        {
            Description = "Take the first N images of each set instead of what the recipe says.",
            HelpName = "N",
        };
        var verb = new Verb(
            "sweep",
            "Trains many networks side by side and ranks them.",
            """
            Trials are ranked by their selection's score on held-out training digits; the test sets only report. Interrupted,
                a sweep continues with the same --out.
            The folder gets trials.csv, results.json, the networks in models/ and a plot of own against reversed accuracy.

            Examples:
              pentimento sweep laziest
              pentimento sweep recipes/smudging.yaml --limit 6000 --out runs/smudging
            """) { recipe, folder, jobs, limit };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var sweep = Sweep.Read(parsed.GetValue(recipe)!);
            if (parsed.GetValue(limit) is { } most)
                sweep = sweep with { Limit = most };
            if (session.Seed is { } seed)
                sweep = sweep with { Trials = [.. sweep.Trials.Select(trial => trial with { Seed = seed }).Distinct()] };
            var place = Path.GetFullPath(
                parsed.GetValue(folder) ?? Path.Combine("runs", $"{sweep.Name}-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}"));
            try
            {
                return session.Answer(
                    torch: true,
                    run =>
                    {
                        var trials = new SweepRun(sweep, place, session.Library, run).Run(
                            parsed.GetValue(jobs) is > 0 and var many ? many : session.Threads);
                        return Told(sweep, new(place), trials);
                    },
                    Print);
            }
            catch (OperationCanceledException)
            {
                session.Error.WriteLine(
                    $"Finished trials are kept. Continue with: pentimento sweep {Path.Combine(place, "recipe.yaml")} --out {place}");
                throw;
            }
        });
        return verb;
    }

    private static Result Told(Sweep sweep, RunFolder folder, IReadOnlyList<TrialResult> trials)
    {
        var groups = TrialGroup.Rank(trials);
        var figure = sweep.Evaluate.Count > 1 ? new SweepScatter(groups, sweep.Evaluate[0], sweep.Evaluate[1]) : null;
        figure?.Save(folder.At("figures"));
        var rules = string.Join("; ", sweep.Trials.Select(trial => trial.Training.Selection.Rule).Distinct());
        return new(
            folder.Folder,
            folder.At("trials.csv"),
            figure is null ? null : folder.At($"figures/{figure.Name}.png"),
            rules,
            trials,
            groups[0].Trials.MaxBy(trial => trial.Score));
    }

    private static void Print(Result result, TextWriter output)
    {
        var groups = TrialGroup.Rank(result.Trials);
        var (validations, evaluations) = (Names(trial => trial.Validations), Names(trial => trial.Evaluations));
        Tables.Write(
            output,
            ["", .. groups[0].Settings.Keys, "seeds", "kept", "score", .. validations.Select(name => $"held-out {name}"), .. evaluations],
            groups.Select(
                (group, rank) =>
                    (IReadOnlyList<string>)
                        [
                            $"{rank + 1}",
                            .. group.Settings.Values,
                            $"{group.Trials.Count}",
                            string.Join(" ", group.Trials.Select(trial => trial.Kept)),
                            $"{group.Score:0.0000}",
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

        List<string> Names(Func<TrialResult, IReadOnlyList<Evaluation.SetAccuracy>> of) =>
            [.. result.Trials.Where(trial => trial.Failure is null).Take(1).SelectMany(of).Select(set => set.Data)];
    }

    private static string Spread(TrialGroup group, Func<TrialResult, Evaluation.SetAccuracy> of)
    {
        if (group.Trials.Count == 0) return "-";
        var (mean, low, high) = group.Accuracy(of);
        var only = of(group.Trials[0]);
        return group.Trials.Count > 1
            ? $"{Tables.Percent(mean)} ({Tables.Percent(low)} to {Tables.Percent(high)})"
            : $"{Tables.Percent(mean)} ({Tables.Percent(only.Low)} to {Tables.Percent(only.High)})";
    }
}
