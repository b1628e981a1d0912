using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Augmentations;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Tests.Experiments;

public sealed class RepairTests
{
    private static readonly RepairBench Bench = RepairBench.Read("repair");

    [Theory]
    [InlineData(
        Supervision.Nothing,
        new[] { "erm", "just-train-twice", "errors-group-dro" },
        new[] { "v-rex", "group-balanced", "tint-swap", "last-layer-retraining" }
    )]
    [InlineData(Supervision.Environments, new[] { "erm", "irm", "v-rex", "group-dro", "fishr" }, new[] { "group-balanced", "tint-swap" })]
    [InlineData(Supervision.SomeColors, new[] { "last-layer-retraining" }, new[] { "group-balanced", "bias-additive" })]
    [InlineData(Supervision.Nuisance, new[] { "tint-swap" }, new[] { "tint-swap-disturbed" })]
    public void Only_what_the_user_knows_enough_for_is_tried(Supervision known, string[] among, string[] notAmong)
    {
        var names = Bench.Applicable(known, []).Select(method => method.Name).ToList();

        Assert.Empty(among.Except(names));
        Assert.Empty(names.Intersect(notAmong));
    }

    [Theory]
    [InlineData("irn", "There is no method 'irn'; did you mean 'irm'?")]
    [InlineData("group-balanced", "group-balanced needs bias labels")]
    [InlineData("tint-swap-disturbed", "needs the bias attribute, the corruption")]
    public void A_method_that_cannot_be_tried_is_refused(string name, string part) =>
        Assert.Contains(
            part,
            Assert.Throws<BadInputException>(() => Bench.Applicable(Supervision.Nothing, [name])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Tests_follow_from_the_name_of_the_canvas()
    {
        Assert.Equal(["rg_95z", "gr_95z", "bw_100z", "gr_95h"], RepairPlan.For(["rg_95z"], null, null, null, null).Tests);
        Assert.Equal(["own.npz", "turned.npz"], RepairPlan.For(["mine.npz"], "own.npz", "turned.npz", null, null).Tests);
        Assert.Contains(
            "--reversed",
            Assert.Throws<BadInputException>(() => RepairPlan.For(["mine.npz"], null, null, null, null)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_rule_keeps_the_epoch_that_it_likes_best()
    {
        // Held-out accuracy is best in the second epoch, its worst class in the third, the reversed test in the first, the environments
        // left out in the fourth.
        EpochRecord[] history =
        [
            Epoch(1, held: 0.5, worst: 0.1, reversed: 0.9),
            Epoch(2, held: 0.9, worst: 0.2, reversed: 0.3),
            Epoch(3, held: 0.8, worst: 0.7, reversed: 0.4),
            Epoch(4, held: 0.7, worst: 0.3, reversed: 0.5),
            Epoch(5, held: 0.6, worst: 0.3, reversed: 0.6),
        ];
        EpochRecord[] without = [.. history.Select(epoch => Epoch(epoch.Epoch, held: epoch.Epoch == 4 ? 1 : 0, worst: 0, reversed: 0))];

        var reports = SelectionReport.Of(history, [without]).ToDictionary(report => report.Rule, report => (report.Epoch, report.Reversed));

        Assert.Equal((5, 0.6), reports["last epoch"]);
        Assert.Equal((2, 0.3), reports["held-out training images"]);
        Assert.Equal((3, 0.4), reports["their worst class"]);
        Assert.Equal((4, 0.5), reports["the environment left out"]);
        Assert.Equal((1, 0.9), reports["oracle: the reversed test itself"]);
        Assert.DoesNotContain("the environment left out", SelectionReport.Of(history, []).Select(report => report.Rule));
    }

    [Fact]
    public void Advice_chooses_by_held_out_images_and_tells_what_the_reversed_test_would_have_chosen()
    {
        SetAccuracy[] model = [Set("own", 0.95), Set("reversed", 0.01)];
        var heldOut = HeldOutImages(5400, 318);
        // The worse of two accuracies decides: one method forgets its own distribution, and one is best on the test set alone.
        var (plain, good) = (Method("erm", new(0.99, 0.8), 0.8, 10), Method("good", new(0.985, 0.96), 0.97, 25));
        var (lossy, lucky) = (Method("lossy", new(0.9, 0.99), 0.96, 10), Method("lucky", new(0.99, 0.95), 0.98, 10));

        var advice = RepairResult.Advise([plain, good, lossy, lucky], model, heldOut);

        Assert.StartsWith(
            "Use good, which needs no bias labels: 98.5% of the held-out training images are answered right, and 96.0% on the 318 of them that "
                + "the model answers wrong; the lower of the two",
            advice,
            StringComparison.Ordinal);
        Assert.Contains(
            "Over 3 seeds it answers 97.0% of the reversed test right where the model answers 1.0%, with 98.0% on its own, for 25 seconds a "
                + "training, 2.5 times a plain training.",
            advice,
            StringComparison.Ordinal);
        Assert.EndsWith("would have chosen lucky, 98.0%.", advice, StringComparison.Ordinal);
        Assert.EndsWith("would have chosen it too.", RepairResult.Advise([plain, good], model, heldOut), StringComparison.Ordinal);
        Assert.StartsWith("No method made", RepairResult.Advise([], model, heldOut), StringComparison.Ordinal);
        Assert.StartsWith("No method learned", RepairResult.Advise([Method("idle", new(0.95, 0), 0, 10)], model, heldOut), StringComparison.Ordinal);
    }

    [Fact]
    public void The_method_that_does_best_on_held_out_images_is_recommended_unless_too_little_is_known()
    {
        var (plain, good) = (Method("erm", new(0.99, 0.8), 0.8, 10), Method("good", new(0.985, 0.96), 0.97, 25));

        Assert.Equal("good", RepairResult.Recommend([plain, good], HeldOutImages(5400, HeldOut.Fewest))!.Name);
        Assert.Null(RepairResult.Recommend([plain, good], HeldOutImages(5400, HeldOut.Fewest - 1)));
        Assert.Null(RepairResult.Recommend([Method("idle", new(0.95, 0), 0, 10)], HeldOutImages(5400, 318)));
        Assert.Null(RepairResult.Recommend([], HeldOutImages(5400, 318)));
    }

    [Theory]
    [InlineData(0, "answers none of the 200 held-out training images wrong, and fewer than 20 ")]
    [InlineData(19, "answers only 19 of the 200 held-out training images wrong, and fewer than 20 ")]
    public void Without_images_that_contradict_the_model_it_is_said_what_is_missing(int contradicting, string part)
    {
        // The worst class of images that all wear their own colours is highest for the method that is worst when colours are reversed.
        var (lazy, good) = (Method("lazy", new(0.99, 0.97), 0.1, 10), Method("good", new(0.985, 0.95), 0.97, 25));

        var advice = RepairResult.Advise([lazy, good], [Set("own", 0.99), Set("reversed", 0.6)], HeldOutImages(200, contradicting));

        Assert.StartsWith("There is too little evidence to advise a method: ", advice, StringComparison.Ordinal);
        Assert.Contains(part, advice, StringComparison.Ordinal);
        Assert.Contains("More data would help, a larger --hold-out, or a model that keeps to the shortcut more", advice, StringComparison.Ordinal);
        Assert.Contains(
            "Weak evidence, because it says nothing of the shortcut: lazy does best on the worst class of the held-out images, 97.0%.",
            advice,
            StringComparison.Ordinal);
        Assert.EndsWith("would have chosen good, 97.0%.", advice, StringComparison.Ordinal);
        Assert.StartsWith(
            "Use lazy",
            RepairResult.Advise([lazy, good], [Set("own", 0.99), Set("reversed", 0.6)], HeldOutImages(200, 20)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Held_out_images_contradict_a_model_where_it_is_wrong()
    {
        // Grey below 128 is answered 0, above 1.
        using var model = TinyProblem.Victim(1, 2, x => cat([0.5 - x.flatten(1), x.flatten(1) - 0.5], 1));
        var (dark, bright) = (
            new ImageSet("dark", [10, 20, 200, 210], [0, 0, 0, 1], [], new(1, 1, 1)),
            new ImageSet("bright", [220, 30], [1, 1], [], new(1, 1, 1)));

        var few = HeldOut.Of(model, [dark, bright], RunContext.OnCpu());
        var many = HeldOut.Of(model, [.. Enumerable.Repeat(dark, 20)], RunContext.OnCpu());

        Assert.Equal([200, 30], few.BiasConflicting.Pixels.ToArray());
        // Two errors are too few to judge by; either class has one of three wrong.
        Assert.Contains("only 2 of them wrong", few.Rule, StringComparison.Ordinal);
        Assert.Equal(new(4 / 6.0, 2 / 3.0), few.Score(model, RunContext.OnCpu()));
        Assert.Equal("on the 20 of them that the model answers wrong", many.Rule);
        Assert.Equal(new(0.75, 0), many.Score(model, RunContext.OnCpu()));
        Assert.Equal(0.25, new HeldOutScore(0.5, 0.25).Lower);
    }

    [Fact]
    public void A_bench_starts_penalties_when_it_is_told()
    {
        var trial = Bench.Methods.First(method => method.Name == "fishr").Trial("a,b", new Cnn3(), 2, 64, 77, 5);

        Assert.Equal((77, "a,b", 2, 64, 5UL),
            (((AnnealedObjective)trial.Training.Objective).WarmUp, trial.Train, trial.Training.Epochs, trial.Training.Batch, trial.Seed));
        Assert.Equal(new TintSwap(), Bench.Methods.First(method => method.Name == "tint-swap").Training.Augment);
    }

    private static EpochRecord Epoch(int epoch, double held, double worst, double reversed) =>
        new(epoch, epoch, 1, 1, null, 1, 1, [], [Set("own", 0.99), Set("reversed", reversed)])
        {
            Validations = [Set("held", held) with { WorstClass = worst }],
        };

    private static HeldOut HeldOutImages(int all, int contradicting)
    {
        return new(Images(all), Images(contradicting));

        static ImageSet Images(int count) => new("held out", new byte[count], new long[count], [], new(1, 1, 1));
    }

    private static SetAccuracy Set(string name, double accuracy) => new(name, 100, accuracy, 0, 1, 1, 0);

    private static RepairedMethod Method(string name, HeldOutScore heldOut, double reversed, double seconds) =>
        new(name, "no bias labels", 3, 0.98, 0, reversed, 0, new Dictionary<string, double>(), heldOut, seconds, [], []);
}
