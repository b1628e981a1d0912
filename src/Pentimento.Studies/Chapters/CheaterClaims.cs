using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Studies.Parts;
using static TorchSharp.torch;

namespace Pentimento.Studies.Chapters;

/// <summary>What the report says of its cheater, on its own network, epochs and sets.</summary>
internal static class CheaterClaims
{
    private const double NearPerfect = 0.97;
    private const double Fallen = 0.2;
    private const double Misplaced = 0.1;
    private const double AtChance = 0.15;

    public static void Write(StudyContext context, ChapterWriter writer, List<TrialResult> trials)
    {
        var (recipe, cheaters) = (context.Recipe, context.Trainings("cheater"));
        var images = cheaters[0].Evaluations[0].Count;
        var basis = $"{context.Accuracy("cheater", recipe.Train).Seeds} of {Numbers.Counted(cheaters[0].History.Count, "epoch")}, "
            + Numbers.Counted(images, "test image");
        SeedSpread On(string set) => context.Accuracy("cheater", set);
        foreach (var set in new[] { recipe.Train, recipe.Reversed })
            writer.Claim(
                $"Trained at 0.001 the network works exceptionally well on {set}, near perfect.", $"{On(set).Percent}.", basis,
                Estimate.OverSeeds(On(set).Values, images), Bound.Above(NearPerfect), "own-course");
        foreach (var set in new[] { recipe.Medium, recipe.Hard, recipe.Grey })
        {
            writer.Claim(
                $"Its performance collapses on {set}.",
                $"{On(set).Percent} of {set}, {On(recipe.Train).Percent} of {recipe.Train}; the effect is what is lost.", basis,
                Estimate.Difference(On(recipe.Train).Values, On(set).Values, images), Bound.Above(Fallen), "own-course");
            var excess = context.Evaluate("cheater", network => Overconfidence(network, context.Test(set), context.Run));
            writer.Claim(
                $"On {set} its confidence becomes misplaced.",
                $"It is more confident than right by {SeedSpread.Of(excess).Percent}.", basis,
                Estimate.OverSeeds(excess, images), Bound.Above(Misplaced), "own-course");
        }

        var first = cheaters.Select(trial => trial.History[0].Evaluations).ToList();
        double[] gaps = [.. first.Select(sets => sets[0].Accuracy - sets[1].Accuracy)];
        writer.Claim(
            "The easiest solution is colour, and the network takes it first.",
            $"After its first epoch it is right on {SeedSpread.Of(first.Select(sets => sets[0].Accuracy)).Percent} in its own colours and on "
                + $"{SeedSpread.Of(first.Select(sets => sets[1].Accuracy)).Percent} in reversed ones; the effect is the difference.",
            basis, Estimate.OverSeeds(gaps, images), Bound.Above(Fallen), "shortcut-first");
        Rates(context, writer, trials);
    }

    private static void Rates(StudyContext context, ChapterWriter writer, List<TrialResult> trials)
    {
        var slow = trials.Where(trial => CheaterChapter.IsAdam(trial, CheaterChapter.Plain)).ToList();
        var lost = slow.Count(trial => CheaterChapter.Last(trial, 0) < AtChance);
        if (slow.Count == 0) writer.Unmeasured("A learning rate of 0.001 is absurdly high, a recipe for divergence.", "No training has it.", "hunt");
        else
            writer.Claim(
                "A learning rate of 0.001 is absurdly high, a recipe for divergence.",
                $"{lost} of {Numbers.Counted(slow.Count, "training")} with Adam at 0.001 end at chance. It is Adam's published default.",
                $"{Numbers.Counted(slow.Count, "training")} of different settings",
                Estimate.Share(lost, slow.Count, slow.Count), Bound.Above(0.5), "hunt");
        var rushed = context.Trainings("rushed");
        double[] On(int set) => [.. rushed.Select(trial => trial.Evaluations[set].Accuracy)];
        var (own, reversed) = (On(0), On(1));
        var (epochs, images) = (rushed[0].History.Count, rushed[0].Evaluations[0].Count);
        var basis = $"{SeedSpread.Of(own).Seeds}, {Numbers.Counted(images, "test image")}";
        writer.Claim(
            "At a learning rate of 0.045 training does not converge, thus the poor accuracy.",
            $"After {Numbers.Counted(epochs, "epoch")} the network is right on {SeedSpread.Of(own).Percent} in its own colours.", basis,
            Estimate.OverSeeds(own, images), Bound.Below(0.9), "hunt");
        writer.Claim(
            "After 50 epochs at 0.045 the network fails miserably for reversed biases.",
            $"After {Numbers.Counted(epochs, "epoch")} {SeedSpread.Of(reversed).Percent} in reversed colours. A network at chance fails everywhere; "
                + $"one that holds up "
                + $"in its "
                + $"own colours alone has kept the shortcut.",
            basis, Estimate.OverSeeds(reversed, images), Bound.Below(0.5), "hunt");
    }

    /// <summary>The mean probability of the predicted class less the accuracy.</summary>
    private static double Overconfidence(Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (confidence, predicted) = Predictor.Logits(network, set, run).softmax(1).max(1);
        return confidence.mean().item<float>() - predicted.eq(set.LabelTensor()).to_type(float32).mean().item<float>();
    }
}
