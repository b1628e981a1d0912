using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Augmentations;
using Pentimento.Training.Objectives;

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
    public void What_is_on_request_is_tried_only_by_its_name()
    {
        IEnumerable<string> Tried(params string[] names) => Bench.Applicable(Supervision.Nothing, names).Select(method => method.Name);

        Assert.DoesNotContain("bias-amplification", Tried());
        Assert.Equal(["bias-amplification"], Tried("bias-amplification"));
    }

    [Fact]
    public void Tests_follow_from_the_name_of_the_canvas()
    {
        Assert.Equal(["rg_95z", "gr_95z", "bw_100z", "gr_95h"], RepairPlan.For(["rg_95z"], null, null, null, null).Tests);
        Assert.Equal(
            ["rg_95z:cue=both", "gr_95z:cue=both", "bw_100z:cue=both", "gr_95h:cue=both"],
            RepairPlan.For(["rg_95z:cue=both:train"], null, null, null, null).Tests);
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
    public void A_bench_starts_penalties_when_it_is_told()
    {
        var trial = Bench.Methods.First(method => method.Name == "fishr").Trial("a,b", new Cnn3(), 2, 64, 77, 5);

        Assert.Equal((77, "a,b", 2, 64, 5UL),
            (((AnnealedObjective)trial.Training.Objective).WarmUp, trial.Train, trial.Training.Epochs, trial.Training.Batch, trial.Seed));
        Assert.Equal(new TintSwap(), Bench.Methods.First(method => method.Name == "tint-swap").Training.Augment);
    }

    [Theory]
    [InlineData(2, 0.003)]
    [InlineData(200, 0.001)]
    public void Large_networks_are_trained_on_more_slowly(int copies, double rate)
    {
        // Each copy of three channels of 64x64 is 48 KB of activations, and 8 MB are large.
        using var network = new Classifier(
            new Cnn3(), new(64, 64, 3), 3, [new Layer("wide", LayerKind.Other, (x, _) => x.repeat(1, copies, 1, 1), Maps: true)]);

        Assert.Equal(new Adam(rate), Repair.UsualFor(network));
    }

    private static EpochRecord Epoch(int epoch, double held, double worst, double reversed) =>
        new(epoch, epoch, 1, 1, null, 1, 1, [], [Set("own", 0.99), Set("reversed", reversed)])
        {
            Validations = [Set("held", held) with { WorstClass = worst }],
        };

    private static SetAccuracy Set(string name, double accuracy) => new(name, 100, accuracy, 0, 1, 1, 0);
}
