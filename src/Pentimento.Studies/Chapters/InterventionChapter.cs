using Pentimento.Evaluation;
using Pentimento.Reports.Figures;
using Pentimento.Reports.Findings;
using Pentimento.Reports.Style;
using Pentimento.Studies.Parts;

namespace Pentimento.Studies.Chapters;

/// <summary>Training against the shortcut: the report's IRM and REx, what they add to the same images in one pot, and a repair without bias
/// labels.</summary>
internal static class InterventionChapter
{
    private static readonly (string Name, string Supervision)[] Trained =
    [
        ("cheater", "nothing"),
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

    public static void Write(StudyContext context, ChapterWriter writer)
    {
        var recipe = context.Recipe;
        string[] sets = [recipe.Train, recipe.Reversed, recipe.Medium, recipe.Hard, recipe.Grey];
        writer.Say(
            $"The report pulled a network away from colour with two invariance penalties. They need environments: here two sets of the same "
                + $"digits in which colour misleads differently often. The trap is the comparison: "
                    + $"{recipe.Networks.Single(trained => trained.Name == "pooled").Training.Train} in one pot mislead less than {recipe.Train} by "
                        + $"themselves, so plain training on the pot stands beside the penalties."
        );
        writer.List(
            "repairs",
            "Accuracy of the last epoch, which no set selects: mean (and range over seeds).",
            ["network", "supervision", "seeds", "epochs", .. sets.Select(DatasetDescription.Title)],
            Trained.Select(trained =>
                (IReadOnlyList<string>)
                    [
                        trained.Name,
                        trained.Supervision,
                        $"{context.Trainings(trained.Name).Count}",
                        $"{context.Trainings(trained.Name)[0].History.Count}",
                        .. sets.Select(set => context.Accuracy(trained.Name, set).Percent),
                    ]));
        writer.Draw(
            Reversed(context),
            $"Accuracy with {DatasetDescription.Title(recipe.Reversed)} after each epoch, first seed of each; no test set selects anything.");
        writer.Draw(
            Penalties(context),
            "The unweighted penalty in twentieths of an epoch. It is not weighed until the warm-up ends; the report's spike stands there.");
        var answers = context.Evaluate("rex", 0, network =>
            SetEvaluation.Of(network, context.Test(recipe.Reversed), context.Run));
        writer.Draw(new ConfusionMatrix("rex", answers), $"What the REx network answers with {DatasetDescription.Title(recipe.Reversed)}.");
        InterventionClaims.Write(context, writer);
    }

    private static Curves Reversed(StudyContext context)
    {
        string[] shown = ["plain", "repaired", "pooled", "irm", "rex", "irm-longer"];
        string Reached(string name) => $"{name} {Numbers.Percent(context.Trainings(name)[0].History[^1].Evaluations[1].Accuracy)}";
        return new(
            "repair-reversed",
            $"Accuracy on {context.Recipe.Reversed} by epoch; at the end: "
                + $"{string.Join(", ", shown.Select(Reached))}.",
            $"accuracy on {context.Recipe.Reversed}",
            [
                .. shown.Select(
                    (name, at) => new Curve(name, Line(at), [.. context.Trainings(name)[0].History.Select(epoch => epoch.Evaluations[1].Accuracy)])),
            ],
            Scale.Share);
    }

    private static Curves Penalties(StudyContext context)
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
                        var history = context.Trainings(name)[0].History;
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

    private static ScottPlot.Color Line(int at) => at < 4 ? PlotColors.Sets[at] : at == 4 ? PlotColors.Repaired : PlotColors.Lazy;
}
