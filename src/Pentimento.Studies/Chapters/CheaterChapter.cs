using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Look;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Chapters;

/// <summary>The hunt for the network that cheats worst, and the story of a training: when does the shortcut come, when does shape follow?</summary>
internal static class CheaterChapter
{
    private const int Shown = 12;
    private const double Chance = 0.15;
    private const double Plain = 0.001;
    private const double Fast = 0.045;

    public static void Write(StudyContext desk, ChapterWriter pen)
    {
        var trials = desk.Sweep("cheater", Sweep.Read(desk.Recipe.Hunt)).Where(trial => trial.Failure is null).ToList();
        var groups = TrialGroup.Rank(trials);
        var (own, reversed) = (trials[0].Evaluations[0].Data, trials[0].Evaluations[1].Data);
        pen.Say(
            $"{trials.Count} trainings, ranked by how badly they fail on held-out training digits in reversed colours, among those that hold up "
                + $"in their own. The test sets only report. Of each training the epoch is shown that cheats worst."
        );
        pen.Draw(
            new SweepScatter(groups, own, reversed),
            "Own against reversed accuracy. Bottom right cheats, top right reads digits, bottom left has learned nothing. Faint lines follow the "
                + "four best cheats through their epochs."
        );
        pen.List(
            "hunt",
            $"The worst cheats first ({Numbers.Whole(trials[0].Evaluations[0].Count)} test images; one seed, so read large differences only).",
            ["settings", "epoch kept", .. trials[0].Evaluations.Select(set => set.Data)],
            groups
                .Take(Shown)
                .Select(group =>
                    (IReadOnlyList<string>)
                        [group.Name, $"{group.Trials[0].Kept}", .. group.Trials[0].Evaluations.Select(set => Numbers.Percent(set.Accuracy))]));

        var stories = Stories(trials, groups).ToList();
        pen.Draw(
            EpochCurves("shortcut-first", $"held-out digits of {reversed}", stories, 1),
            $"When does shape follow? Accuracy on held-out digits in reversed colours, by epoch: near zero while the network reads colour, "
                + $"rising as it learns shape."
        );
        pen.Draw(
            EpochCurves("own-course", $"held-out digits of {own}", stories, 0),
            "The same trainings in their own colours: nothing here shows which of them cheats.");
        Prediction(pen, trials, groups);
    }

    private static void Prediction(ChapterWriter pen, List<TrialResult> trials, IReadOnlyList<TrialGroup> groups)
    {
        var basis = $"1 seed a setting, {Numbers.Whole(trials[0].Validations[0].Count)} held-out digits";
        var slow = trials.Where(trial => IsAdam(trial, Plain)).ToList();
        if (slow.Count > 0)
        {
            pen.Claim(
                "A learning rate of 0.001 is absurdly high, a recipe for divergence.",
                $"{slow.Count(trial => Last(trial, 0) > 0.9)} of {slow.Count} trainings with Adam at 0.001 pass 90% in their own colours; none "
                    + $"diverged. It is Adam's published default.",
                basis,
                Rulings.Of(slow.Count(trial => Last(trial, 0) < 0.9), slow.Count),
                "hunt");
            var patient = slow.MaxBy(trial => trial.History.Count)!;
            pen.Claim(
                $"Trained for 30 epochs at 0.001 the network is near perfect on its own colours.",
                $"After {patient.History.Count} epochs {Numbers.Percent(Last(patient, 0))}.",
                basis,
                Rulings.Above(Last(patient, 0), 0.97),
                "own-course");
            pen.Claim(
                "The same network collapses where colour is reversed.",
                $"After {patient.History.Count} epochs it answers {Numbers.Percent(Last(patient, 1))} of the reversed digits right; after the "
                    + $"first {Numbers.Percent(patient.History[0].Validations[1].Accuracy)}. The shortcut is a phase that training leaves behind.",
                basis,
                Rulings.Below(Last(patient, 1), 0.5, inPart: 0.9),
                "shortcut-first");
        }

        var fast = trials.Where(trial => IsAdam(trial, Fast)).ToList();
        if (fast.Count > 0)
        {
            var lost = fast.Count(trial => Last(trial, 0) < Chance);
            pen.Claim(
                "At a learning rate of 0.045 training does not converge.",
                $"{lost} of {fast.Count} trainings with Adam at 0.045 end at chance.",
                basis,
                Rulings.Of(lost, fast.Count),
                "hunt");
            var most = fast.Max(trial => trial.History.Count);
            var patient = fast.Where(trial => trial.History.Count > most / 2).OrderByDescending(trial => trial.History.Count).ToList();
            var failed = patient.Count(trial => Last(trial, 0) > 0.9 && Last(trial, 1) < 0.5);
            pen.Claim(
                "After 50 epochs at 0.045 the network has failed miserably for reversed biases.",
                string.Join(
                    " ",
                    patient.Select(trial =>
                        $"{trial.History.Count} epochs: {Numbers.Percent(Last(trial, 0))} in its own colours, {Numbers.Percent(Last(trial, 1))} "
                            + $"in reversed ones."
                    )
                ) + " A network at chance fails everywhere; one that holds up in its own colours alone has kept the shortcut.",
                basis,
                Rulings.If(failed == patient.Count, inPart: failed > 0 || patient.Any(trial => Last(trial, 1) < 0.5)),
                "hunt");
        }

        var best = groups[0].Trials[0];
        pen.Claim(
            "The easiest solution is colour, and a network takes it first.",
            $"The worst cheat ({groups[0].Name}, epoch {best.Kept}) answers {Numbers.Percent(best.Evaluations[0].Accuracy)} in its own colours "
                + $"and {Numbers.Percent(best.Evaluations[1].Accuracy)} in reversed ones; {trials.Count(Early)} of {trials.Count} trainings "
                    + $"begin with an epoch above 80% own and below 20% reversed.",
            basis,
            Rulings.If(best.Evaluations[0].Accuracy > 0.9 && best.Evaluations[1].Accuracy < 0.2, inPart: true),
            "own-against-reversed");
    }

    /// <summary>A few trainings worth following: the best cheat, the longest at the usual rate, plain descent, and the longest at the
    /// highest rate that learns.</summary>
    private static IEnumerable<(string Name, TrialResult Trial)> Stories(List<TrialResult> trials, IReadOnlyList<TrialGroup> groups)
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

    private static Curves EpochCurves(string name, string axis, List<(string Name, TrialResult Trial)> stories, int place) =>
        new(
            name,
            $"Accuracy on {axis} by epoch; at the end: "
                + $"{string.Join(", ", stories.Select(story => $"{story.Name} {Numbers.Percent(Last(story.Trial, place))}"))}.",
            "accuracy",
            [
                .. stories.Select(
                    (story, at) =>
                        new Curve(
                            story.Name,
                            Ink.Sets[at % Ink.Sets.Count],
                            [.. story.Trial.History.Select(epoch => epoch.Validations[place].Accuracy)])),
            ],
            Scale.Share);

    private static bool Early(TrialResult trial) => trial.History[0].Validations is [{ Accuracy: > 0.8 }, { Accuracy: < 0.2 }, ..];

    private static bool IsAdam(TrialResult trial, double rate) =>
        IsPlain(trial)
        && !Setting(trial, "network").Contains("gaussian")
        && Catalog.Read<Training.Optimizer>(Setting(trial, "optimizer")) is Training.Adam { LearningRate: var given }
        && given == rate;

    private static bool IsPlain(TrialResult trial) => Setting(trial, "objective") == "erm";

    private static string Setting(TrialResult trial, string name) => trial.Settings[name];

    private static double Last(TrialResult trial, int place) => trial.History[^1].Validations[place].Accuracy;
}
