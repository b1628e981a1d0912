using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;
using Pentimento.Studies.Parts;
using Pentimento.Training;
using Pentimento.Training.Objectives;

namespace Pentimento.Studies.Chapters;

/// <summary>What the report says of IRM and REx, on its hard test set and with its epochs.</summary>
internal static class InterventionClaims
{
    private const double Drastic = 0.2;
    private const double Gained = 0.01;

    // Pairs of digits that people, too, take for each other.
    private static readonly HashSet<(int, int)> Similar =
        [(4, 9), (3, 5), (3, 8), (5, 8), (7, 9), (2, 7), (1, 7), (5, 6), (8, 9), (3, 9), (0, 6), (5, 9), (2, 3)];

    public static void Write(StudyContext context, ChapterWriter writer)
    {
        var recipe = context.Recipe;
        var images = context.Trainings("irm")[0].Evaluations[0].Count;
        SeedSpread On(string trained, string set) => context.Accuracy(trained, set);
        string Epochs(string trained) => Numbers.Counted(context.Trainings(trained)[0].History.Count, "epoch");
        string Basis(string trained) => $"{On(trained, recipe.Train).Seeds} of {Epochs(trained)}, {Numbers.Counted(images, "test image")}";
        Estimate Gain(string trained, string over, string set) => Estimate.Difference(On(trained, set).Values, On(over, set).Values, images);
        var heavy = On("irm-10000", recipe.Train);
        writer.Claim(
            "With a penalty weight of 10,000 IRM learns nothing.",
            $"It is right on {heavy.Percent} in its own colours.", Basis("irm-10000"), Estimate.OverSeeds(heavy.Values, images),
            Bound.Below(0.2), "repairs");
        writer.Claim(
            "A weight of 100 is the turning point: a drastic improvement.",
            $"On {recipe.Hard} {On("irm", recipe.Hard).Percent} at 100, {On("irm-10000", recipe.Hard).Percent} at 10,000; the effect is the "
                + $"difference.",
            Basis("irm"), Gain("irm", "irm-10000", recipe.Hard), Bound.Above(Drastic), "repairs");
        writer.Claim(
            "IRM maintains some level of accuracy on the hard test set, where colours are flipped.",
            $"{On("irm", recipe.Hard).Percent} on {recipe.Hard}; chance is 10%.", Basis("irm"),
            Estimate.OverSeeds(On("irm", recipe.Hard).Values, images), Bound.Above(0.2), "repairs");
        writer.Claim(
            "More epochs increase IRM's accuracy.",
            $"On {recipe.Hard} {Epochs("irm-longer")} reach {On("irm-longer", recipe.Hard).Percent}, {Epochs("irm")} "
                + $"{On("irm", recipe.Hard).Percent}; the "
                + $"effect is the difference.",
            Basis("irm-longer"), Gain("irm-longer", "irm", recipe.Hard), Bound.Above(Gained), "repair-reversed");
        foreach (var (trained, name) in new[] { ("irm", "IRM"), ("rex", "REx") }) Spikes(context, writer, trained, name);
        writer.Claim(
            "REx reaches 94 to 96% on the hard test set.",
            $"{On("rex", recipe.Hard).Percent} on {recipe.Hard}, {On("rex", recipe.Reversed).Percent} on {recipe.Reversed}.", Basis("rex"),
            Estimate.OverSeeds(On("rex", recipe.Hard).Values, images), Bound.Above(0.94), "repairs");
        foreach (var (trained, name) in new[] { ("irm", "IRM"), ("rex", "REx") })
            writer.Claim(
                $"{name}, not the images that it is given, makes the network read shape.",
                $"On {recipe.Reversed} {On(trained, recipe.Reversed).Percent}, the same images in one pot {On("pooled", recipe.Reversed).Percent}; "
                    + $"the effect "
                    + $"is the difference.",
                Basis(trained), Gain(trained, "pooled", recipe.Reversed), Bound.Above(Gained), "repairs");
        Errors(context, writer);
    }

    private static void Spikes(StudyContext context, ChapterWriter writer, string trained, string name)
    {
        var found = context.Trainings(trained).Select(Spike).OfType<(double Jump, double Left)>().ToList();
        var said = $"When {name}'s penalty is activated, it spikes.";
        if (found.Count == 0)
        {
            writer.Unmeasured(said, "The training is too short to show the end of annealing.", "repair-penalty");
            return;
        }

        var basis = SeedSpread.Of(found.Select(one => one.Jump)).Seeds;
        writer.Claim(
            said,
            $"Just after the end of annealing it is {SeedSpread.Of(found.Select(one => one.Jump)).Number(2)} times what it was just before. From "
                + $"there on "
                + $"the whole loss is divided by the weight, as IRM's authors do.",
            basis, Estimate.OverSeeds([.. found.Select(one => one.Jump)]), Bound.Above(1.2), "repair-penalty");
        writer.Claim(
            $"Then {name}'s penalty steadily collapses.",
            $"At the end {SeedSpread.Of(found.Select(one => one.Left)).Percent} of what it was just after annealing is left.", basis,
            Estimate.OverSeeds([.. found.Select(one => one.Left)]), Bound.Below(0.5), "repair-penalty");
    }

    private static void Errors(StudyContext context, ChapterWriter writer)
    {
        var set = context.Test(context.Recipe.Hard);
        var parts = context.Evaluate("rex", network => SetEvaluation.Of(network, set, context.Run).Confusion)
            .Select(confusion => confusion
                .SelectMany((row, label) => row.Select((count, answer) => (Label: label, Answer: answer, Count: count)))
                .Where(cell => cell.Label != cell.Answer).ToList())
            .Select(wrong => (
                All: wrong.Sum(cell => cell.Count),
                Alike: wrong
                    .Where(cell => Similar.Contains((Math.Min(cell.Label, cell.Answer), Math.Max(cell.Label, cell.Answer))))
                    .Sum(cell => cell.Count),
                Paint: wrong.Where(cell => (cell.Label ^ 1) == cell.Answer).Sum(cell => cell.Count)))
            .ToList();
        const string Said = "REx's remaining errors are mostly between visually similar digits.";
        if (parts.Any(part => part.All == 0))
        {
            writer.Unmeasured(Said, "There are none.");
            return;
        }

        double[] alike = [.. parts.Select(part => part.Alike / (double)part.All)];
        writer.Claim(
            Said,
            $"{SeedSpread.Of(alike).Percent} of the errors on {set.Name} are between digits that look alike, "
                + $"{SeedSpread.Of(parts.Select(part => part.Paint / (double)part.All)).Percent} give the digit whose colour they "
                + "have (2-3 is both).",
            $"{SeedSpread.Of(alike).Seeds}, {Numbers.Whole(set.Count)} test images",
            Estimate.OverSeeds(alike, (long)parts.Average(part => part.All)), Bound.Above(0.5), $"confusion-rex-{context.Recipe.Reversed}");
    }

    /// <summary>By how much the penalty jumps at the end of the warm-up, in twentieths of an epoch, and what is left of it in the end; null where
    /// the warm-up does not end within the training.</summary>
    private static (double Jump, double Left)? Spike(TrialResult trial)
    {
        if (Catalog.Read<Objective>(trial.Settings["objective"]) is not AnnealedObjective { WarmUp: var end }) return null;
        double[] penalties = [.. trial.History.SelectMany(epoch => epoch.Penalties)];
        var part = (int)((long)end * penalties.Length / trial.History[^1].Steps);
        if (part < 1 || part + 2 >= penalties.Length) return null;
        var after = Math.Max(penalties[part], penalties[part + 1]);
        return (after / penalties[part - 1], penalties[^1] / after);
    }
}
