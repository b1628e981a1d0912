using Pentimento.Data;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class GroupEvaluationTests
{
    // Class 0 on land 2 of 2 correct, on water 1 of 2; class 1 on water 3 of 4, on land nobody.
    private static readonly ImageSet Birds = Set([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1, 1, 1]);

    private static readonly Predictions Predicted = new("birds", [0, 0, 0, 1, 1, 1, 1, 0], Birds.Labels, 2);

    [Fact]
    public void Every_group_has_its_accuracy_and_the_worst_and_the_empty_are_known()
    {
        var evaluation = GroupEvaluation.With(SetEvaluation.Of(Predicted), Predicted, Birds, ["place"], null);

        Assert.Equal(
            ["landbird, place=land", "landbird, place=water", "waterbird, place=water"], evaluation.Groups!.Select(group => group.ToString()));
        Assert.Equal([2L, 2, 4], evaluation.Groups!.Select(group => group.Count));
        Assert.Equal([1, 0.5, 0.75], evaluation.Groups!.Select(group => group.Accuracy));
        Assert.Equal(new Share(3, 4).Low, evaluation.Groups![2].Low);
        Assert.Equal(["waterbird, place=land"], evaluation.EmptyGroups);
        Assert.Equal((0.5, 0.75, null), (evaluation.WorstGroup, evaluation.AverageGroup, evaluation.AdjustedAccuracy));
        Assert.Contains("The worst of 3 groups, landbird, place=water, has 50.0%", evaluation.WorstGroupVerdict);
        Assert.Contains("chance alone can explain it", evaluation.WorstGroupVerdict);
        Assert.Equal(0.5, GroupEvaluation.Worst(Predicted, Birds, "place"));
    }

    [Fact]
    public void The_adjusted_accuracy_weighs_groups_as_the_training_images_do()
    {
        // WILDS weighs Waterbirds' groups so: the sum of accuracy times training count, over all training images.
        var training = Set([0, 0, 0, 0, 0, 0, 0, 1, 1, 0], [0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);

        var evaluation = GroupEvaluation.With(SetEvaluation.Of(Predicted), Predicted, Birds, ["place"], training);

        Assert.Equal(((7 * 1) + (1 * 0.5) + (2 * 0.75)) / 10, evaluation.AdjustedAccuracy!.Value, 1e-12);
        Assert.Equal("birds", evaluation.AdjustedTo);
    }

    [Fact]
    public void Without_images_of_a_training_group_nothing_is_adjusted_and_the_group_is_named()
    {
        var evaluation = GroupEvaluation.With(SetEvaluation.Of(Predicted), Predicted, Birds, ["place"], Set([0, 1], [0, 0]));

        Assert.Null(evaluation.AdjustedAccuracy);
        Assert.Equal(["waterbird, place=land"], evaluation.EmptyGroups);
    }

    [Fact]
    public void A_group_far_below_the_others_is_no_chance()
    {
        var labels = Enumerable.Range(0, 400).Select(at => (long)(at % 2)).ToArray();
        var places = Enumerable.Range(0, 400).Select(at => (long)(at / 200)).ToArray();
        var predicted = labels.Select((label, at) => label == 0 && places[at] == 1 ? 1 : label).ToArray();

        var set = Set(labels, places);
        var predictions = new Predictions("birds", predicted, labels, 2);
        var evaluation = GroupEvaluation.With(SetEvaluation.Of(predictions), predictions, set, ["place"], null);

        Assert.True(evaluation.Chance!.PValue < 1e-9);
        Assert.Contains("chance does not explain it (p < 0.001)", evaluation.WorstGroupVerdict);
    }

    [Fact]
    public void Predictions_are_a_table_in_which_nothing_is_computed()
    {
        var table = new PredictionTable();
        using var logits = tensor(new float[,] { { 0, MathF.Log(3) }, { 0, 0 } });

        table.Add(Birds.First(2), logits, []);

        Assert.Equal(
            "file,label,prediction,confidence,place\r\n\"a,b.png\",landbird,waterbird,0.75,land\r\n'=c.png,landbird,landbird,0.5,land\r\n",
            table.Csv());
    }

    [Fact]
    public void Tables_of_several_sets_name_the_set_and_leave_blank_what_one_does_not_know()
    {
        var table = new PredictionTable();
        using var logits = tensor(new float[,] { { 0, 0 } });

        table.Add(Birds.First(1), logits, ["land bird", "water bird"]);
        table.Add(new("grey", [0], [1], [], new(1, 1, 1)), logits, []);

        Assert.Equal(
            "data,file,label,prediction,confidence,place\r\nbirds,\"a,b.png\",land bird,land bird,0.5,land\r\ngrey,0,1,0,0.5,\r\n", table.Csv());
    }

    private static ImageSet Set(long[] labels, long[] places) => new("birds", new byte[labels.Length], labels, [], new(1, 1, 1))
    {
        Attributes = new Dictionary<string, long[]> { ["place"] = places },
        ClassNames = ["landbird", "waterbird"],
        ValueNames = new Dictionary<string, IReadOnlyList<string>> { ["place"] = ["land", "water"] },
        Files = ["a,b.png", "=c.png", .. Enumerable.Range(2, Math.Max(0, labels.Length - 2)).Select(at => $"{at}.png")],
    };
}
