using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Style;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Chapters;

/// <summary>The search for the training that relies most on the shortcut, and its learning curves: when does the shortcut come, when does shape
/// follow?</summary>
internal static class CheaterChapter
{
    private const int Shown = 12;
    internal const double Plain = 0.001;
    internal const double Fast = 0.045;

    public static void Write(StudyContext context, ChapterWriter writer)
    {
        var trials = context.Sweep("cheater", Sweep.Read(context.Recipe.Hunt)).Where(trial => trial.Failure is null).ToList();
        var groups = TrialGroup.Rank(trials);
        var (own, reversed) = (trials[0].Evaluations[0].Data, trials[0].Evaluations[1].Data);
        writer.Say(
            $"{Numbers.Counted(trials.Count, "training")}, ranked by how badly they fail on held-out training digits in reversed colours, "
                + $"among those that hold up "
                + $"in their own. The test sets only report. Of each training the epoch is shown that cheats worst."
        );
        writer.Draw(
            new SweepScatter(groups, own, reversed),
            "Own against reversed accuracy. Bottom right cheats, top right reads digits, bottom left has learned nothing. Faint lines follow the "
                + "four best cheats through their epochs."
        );
        writer.List(
            "hunt",
            $"The worst cheats first ({Numbers.Whole(trials[0].Evaluations[0].Count)} test images; one seed, so read large differences only).",
            ["settings", "epoch kept", .. trials[0].Evaluations.Select(set => set.Data)],
            groups
                .Take(Shown)
                .Select(group =>
                    (IReadOnlyList<string>)
                        [group.Name, $"{group.Trials[0].Kept}", .. group.Trials[0].Evaluations.Select(set => Numbers.Percent(set.Accuracy))]));

        var chosen = Chosen(trials, groups).ToList();
        writer.Draw(
            EpochCurves("shortcut-first", $"held-out digits of {reversed}", chosen, 1),
            $"When does shape follow? Accuracy on held-out digits in reversed colours, by epoch: near zero while the network reads colour, "
                + $"rising as it learns shape."
        );
        writer.Draw(
            EpochCurves("own-course", $"held-out digits of {own}", chosen, 0),
            "The same trainings in their own colours: nothing here shows which of them cheats.");
        CheaterClaims.Write(context, writer, trials);
    }

    /// <summary>A few trainings worth following: the best cheat, the longest at the usual rate, plain descent, and the longest at the
    /// highest rate that learns.</summary>
    private static IEnumerable<(string Name, TrialResult Trial)> Chosen(List<TrialResult> trials, IReadOnlyList<TrialGroup> groups)
    {
        yield return ("worst cheat", groups[0].Trials[0]);
        if (trials.Where(trial => IsAdam(trial, Plain)).MaxBy(trial => trial.History.Count) is { } longest)
            yield return ("Adam 0.001", longest);
        if (
            trials.FirstOrDefault(trial =>
                IsPlain(trial) && Catalog.Read<Training.Optimizer>(Setting(trial, "optimizer")) is Training.Sgd { Momentum: 0 }
            ) is
            { } descent)
            yield return ("SGD 0.045", descent);
        if (trials.Where(trial => IsAdam(trial, Fast) && Last(trial, 0) > 0.5).MaxBy(trial => trial.History.Count) is { } rushed)
            yield return ("Adam 0.045", rushed);
    }

    private static Curves EpochCurves(string name, string axis, List<(string Name, TrialResult Trial)> chosen, int place) =>
        new(
            name,
            $"Accuracy on {axis} by epoch; at the end: "
                + $"{string.Join(", ", chosen.Select(training => $"{training.Name} {Numbers.Percent(Last(training.Trial, place))}"))}.",
            "accuracy",
            [
                .. chosen.Select(
                    (training, at) =>
                        new Curve(
                            training.Name,
                            PlotColors.Sets[at % PlotColors.Sets.Count],
                            [.. training.Trial.History.Select(epoch => epoch.Validations[place].Accuracy)])),
            ],
            Scale.Share);

    internal static bool IsAdam(TrialResult trial, double rate) =>
        IsPlain(trial)
        && !Setting(trial, "network").Contains("gaussian")
        && Catalog.Read<Training.Optimizer>(Setting(trial, "optimizer")) is Training.Adam { LearningRate: var given }
        && given == rate;

    private static bool IsPlain(TrialResult trial) => Setting(trial, "objective") == "erm";

    private static string Setting(TrialResult trial, string name) => trial.Settings[name];

    internal static double Last(TrialResult trial, int place) => trial.History[^1].Validations[place].Accuracy;
}
