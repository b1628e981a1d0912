using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Look;
using Pentimento.Studies.Parts;
using Pentimento.Training;
using Pentimento.Training.Objectives;

namespace Pentimento.Studies.Chapters;

/// <summary>Trained not to cheat: the report's IRM and REx, what they add to the same images in one pot, and a repair without bias labels.</summary>
internal static class InterventionChapter
{
    private const string LostItsColors =
        " The longer training lost even its own colours: its learning rate is highest after the penalty has set in.";

    private static readonly (string Name, string Supervision)[] Pupils =
    [
        ("plain", "nothing"),
        ("lazy", "nothing"),
        ("repaired", "nothing: a lazy network's errors are the environments"),
        ("pooled", "two environments, ignored"),
        ("irm", "two environments"),
        ("rex", "two environments"),
        ("irm-10000", "two environments"),
        ("irm-longer", "two environments"),
        ("unbiased", "trained on the unbiased set: the control"),
    ];

    private static readonly string[] Penalized = ["irm", "rex"];

    // Pairs of digits that people, too, take for each other.
    private static readonly HashSet<(int, int)> Similar =
    [
        (4, 9),
        (3, 5),
        (3, 8),
        (5, 8),
        (7, 9),
        (2, 7),
        (1, 7),
        (5, 6),
        (8, 9),
        (3, 9),
        (0, 6),
        (5, 9),
        (2, 3),
    ];

    public static void Write(StudyContext desk, ChapterWriter pen)
    {
        var recipe = desk.Recipe;
        string[] sets = [recipe.Train, recipe.Reversed, recipe.Hard, recipe.Grey];
        pen.Say(
            $"The report pulled a network away from colour with two invariance penalties. They need environments: here two sets of the same "
                + $"digits in which colour misleads differently often. The trap is the comparison: "
                    + $"{recipe.Pupils.Single(pupil => pupil.Name == "pooled").Training.Train} in one pot mislead less than {recipe.Train} by "
                        + $"themselves, so plain training on the pot stands beside the penalties."
        );
        pen.List(
            "repairs",
            "Accuracy of the last epoch, which no set selects: mean (and range over seeds).",
            ["network", "supervision", "seeds", "epochs", .. sets.Select(CanvasMeaning.Title)],
            Pupils.Select(pupil =>
                (IReadOnlyList<string>)
                    [
                        pupil.Name,
                        pupil.Supervision,
                        $"{desk.Trainings(pupil.Name).Count}",
                        $"{desk.Trainings(pupil.Name)[0].History.Count}",
                        .. sets.Select(set => desk.Accuracy(pupil.Name, set).Percent),
                    ]));
        pen.Draw(
            Reversed(desk),
            $"Accuracy with {CanvasMeaning.Title(recipe.Reversed)} after each epoch, first seed of each; no test set selects anything.");
        pen.Draw(
            Penalties(desk),
            "The unweighted penalty in twentieths of an epoch. It is not weighed until the warm-up ends; the report's spike stands there.");
        var answers = desk.Evaluate("rex", 0, network =>
            SetEvaluation.Of(network, desk.Test(recipe.Reversed), desk.Run));
        pen.Draw(new ConfusionMatrix("rex", answers), $"What the REx network answers with {CanvasMeaning.Title(recipe.Reversed)}.");
        Claims(desk, pen, answers);
    }

    private static void Claims(StudyContext desk, ChapterWriter pen, SetEvaluation answers)
    {
        var recipe = desk.Recipe;
        SeedSpread On(string pupil, string set) => desk.Accuracy(pupil, set);
        string Basis(string pupil) => $"{On(pupil, recipe.Train).Seeds}, {Numbers.Whole(answers.Count)} test images";
        var heavy = On("irm-10000", recipe.Train);
        pen.Claim(
            "With a penalty weight of 10,000 IRM learns nothing.",
            $"It answers {heavy.Percent} in its own colours and {On("irm-10000", recipe.Reversed).Percent} in reversed ones.",
            Basis("irm-10000"),
            Rulings.Below(heavy.Mean, 0.2, inPart: 0.9),
            "repairs");
        var (light, pooled) = (On("irm", recipe.Reversed), On("pooled", recipe.Reversed));
        pen.Claim(
            "A weight of 100 is the turning point: accuracy in reversed colours rises drastically.",
            $"{light.Percent} at 100 against {On("irm-10000", recipe.Reversed).Percent} at 10,000; the same images without any penalty give "
                + $"{pooled.Percent}.",
            Basis("irm"),
            light.Mean <= On("irm-10000", recipe.Reversed).Mean ? Ruling.DoesNotHold
                : light.Mean > pooled.Mean ? Ruling.Holds
                : Ruling.HoldsInPart,
            "repairs");
        var longer = On("irm-longer", recipe.Reversed);
        pen.Claim(
            "More epochs make IRM better.",
            $"{desk.Trainings("irm-longer")[0].History.Count} epochs reach {longer.Percent}, {desk.Trainings("irm")[0].History.Count} reach "
                + $"{light.Percent}.{(On("irm-longer", recipe.Train).Mean < 0.5 ? LostItsColors : "")}",
            Basis("irm-longer"),
            Rulings.Above(longer.Mean, light.Mean),
            "repair-reversed");
        var spikes = Penalized.SelectMany(desk.Trainings).Select(Spike).OfType<double>().ToList();
        if (spikes.Count == 0)
            pen.Claim(
                "The penalty spikes where annealing ends, then falls.",
                "No training has an end of annealing in its first epoch.",
                Basis("irm"),
                Ruling.CannotBeTested);
        else
        {
            pen.Claim(
                "The penalty spikes where annealing ends, then falls.",
                $"Just after the end it is {Numbers.Decimal(spikes.Min(), 2)} to {Numbers.Decimal(spikes.Max(), 2)} times what it was just "
                    + $"before. From there on the whole loss is divided by the weight, as IRM's authors do, so the loss steps down instead.",
                $"{spikes.Count} trainings", Rulings.Of(spikes.Count(ratio => ratio > 1.2), spikes.Count), "repair-penalty");
        }

        var (hard, turned) = (On("rex", recipe.Hard), On("rex", recipe.Reversed));
        pen.Claim(
            "REx reaches 94 to 96% on the hard test set.",
            $"{turned.Percent} on {recipe.Reversed}, {hard.Percent} on {recipe.Hard}; plain training on the same images {pooled.Percent} and "
                + $"{On("pooled", recipe.Hard).Percent}.",
            Basis("rex"),
            Rulings.If(hard.Mean >= 0.94, inPart: turned.Mean >= 0.94),
            "repairs");
        pen.Claim(
            "IRM and REx, not the images, make the network robust.",
            $"On {recipe.Reversed}: IRM {light.Percent}, REx {turned.Percent}, the same images in one pot {pooled.Percent}. With no bias labels, "
                + $"the errors of a lazy network as environments give {On("repaired", recipe.Reversed).Percent} from {recipe.Train} alone.",
            Basis("rex"),
            Rulings.Of((light.Mean > pooled.Mean ? 1 : 0) + (turned.Mean > pooled.Mean ? 1 : 0), 2),
            "repairs");
        var wrong = answers
            .Confusion.SelectMany((row, label) => row.Select((count, answer) => (label, answer, count)))
            .Where(cell => cell.label != cell.answer)
            .ToList();
        var (all, alike) = (
            wrong.Sum(cell => cell.count),
            wrong.Where(cell => Similar.Contains((Math.Min(cell.label, cell.answer), Math.Max(cell.label, cell.answer)))).Sum(cell => cell.count));
        var paint = wrong.Where(cell => (cell.label ^ 1) == cell.answer).Sum(cell => cell.count);
        pen.Claim(
            "What REx still gets wrong are digits that look alike.",
            $"Of {Numbers.Whole(all)} errors {Numbers.Whole(alike)} are between digits that look alike and {Numbers.Whole(paint)} give the digit "
                + $"whose colour is worn (2-3 is both).",
            $"1 seed, {Numbers.Whole(answers.Count)} test images",
            paint > alike ? Ruling.DoesNotHold
                : alike > 0.7 * all ? Ruling.Holds
                : Ruling.HoldsInPart,
            "confusion-rex-" + recipe.Reversed);
    }

    /// <summary>By how much the penalty jumps at the end of the warm-up, in twentieths of the first epoch; null where it does not end
    /// there.</summary>
    private static double? Spike(TrialResult trial)
    {
        if (
            Catalog.Read<Objective>(trial.Settings["objective"]) is not AnnealedObjective { WarmUp: var end }
            || trial.History[0].Penalties is not { Count: > 0 } penalties)
            return null;
        var part = (int)((long)end * penalties.Count / trial.History[0].Steps);
        return part < 1 || part + 1 >= penalties.Count ? null : Math.Max(penalties[part], penalties[part + 1]) / penalties[part - 1];
    }

    private static Curves Reversed(StudyContext desk)
    {
        string[] shown = ["plain", "repaired", "pooled", "irm", "rex", "irm-longer"];
        string Reached(string name) => $"{name} {Numbers.Percent(desk.Trainings(name)[0].History[^1].Evaluations[1].Accuracy)}";
        return new(
            "repair-reversed",
            $"Accuracy on {desk.Recipe.Reversed} by epoch; at the end: "
                + $"{string.Join(", ", shown.Select(Reached))}.",
            $"accuracy on {desk.Recipe.Reversed}",
            [
                .. shown.Select(
                    (name, at) => new Curve(name, Line(at), [.. desk.Trainings(name)[0].History.Select(epoch => epoch.Evaluations[1].Accuracy)])),
            ],
            Scale.Share);
    }

    private static Curves Penalties(StudyContext desk)
    {
        string[] shown = ["irm", "rex", "irm-10000", "irm-longer"];
        return new(
            "repair-penalty",
            $"Unweighted penalty of {string.Join(", ", shown)} by epoch.",
            "penalty, logarithmic",
            [
                .. shown.Select(
                    (name, at) =>
                    {
                        var history = desk.Trainings(name)[0].History;
                        return new Curve(
                            name,
                            Line(at),
                            [
                                .. history.SelectMany(epoch =>
                                    epoch.Penalties.Select((_, part) => epoch.Epoch - 1 + ((part + 0.5) / epoch.Penalties.Count))),
                            ],
                            [.. history.SelectMany(epoch => epoch.Penalties)]);
                    }
                ),
            ],
            Scale.Decades);
    }

    private static ScottPlot.Color Line(int at) => at < 4 ? Ink.Sets[at] : at == 4 ? Ink.Repaired : Ink.Lazy;
}
