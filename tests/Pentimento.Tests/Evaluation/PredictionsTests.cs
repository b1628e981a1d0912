using Pentimento.Data;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class PredictionsTests
{
    // Six images of three classes, class 2 without an image; four of them are correct.
    private static readonly Predictions Six = new("six", [0, 0, 1, 1, 1, 0], [0, 0, 0, 1, 1, 1], 3);

    [Fact]
    public void Accuracy_counts_the_correct_predictions()
    {
        Assert.Equal([true, true, false, true, true, false], Six.Correct);
        Assert.Equal(new Share(4, 6), Six.Accuracy);
    }

    [Fact]
    public void A_class_without_images_has_a_share_of_nothing_and_is_never_the_worst()
    {
        var uneven = new Predictions("five", [0, 0, 1, 1, 1], [0, 0, 0, 1, 1], 3);

        Assert.Equal([new Share(2, 3), new Share(2, 2), new Share(0, 0)], uneven.PerClass);
        Assert.Equal(2 / 3.0, uneven.WorstClass);
    }

    [Fact]
    public void Classes_differ_by_the_mean_over_pairs_of_those_that_have_images()
    {
        // Accuracies of 1, 0.5 and 0: pairs differ by 0.5, 1 and 0.5. The fourth class has no image.
        var three = new Predictions("five", [0, 1, 0, 0, 0], [0, 1, 1, 2, 2], 4);

        Assert.Equal(2 / 3.0, three.ClassDifference, 1e-12);
        Assert.Equal(0, new Predictions("one", [0, 1], [0, 0], 2).ClassDifference);
    }

    [Fact]
    public void Groups_given_by_number_are_counted_by_their_place() =>
        Assert.Equal([new Share(2, 3), new Share(0, 0), new Share(2, 3)], Six.By([0, 0, 0, 2, 2, 2], 3));

    [Fact]
    public void The_confusion_matrix_has_true_classes_as_rows() => Assert.Equal([[2, 1, 0], [1, 2, 0], [0, 0, 0]], Six.Confusion);

    [Fact]
    public void Groups_are_class_and_attribute_together()
    {
        var groups = Six.Groups([7, 8, 8, 7, 7, 8]);

        Assert.Equal([(0L, 7L), (0, 8), (1, 7), (1, 8)], groups.Keys);
        Assert.Equal([new Share(1, 1), new Share(1, 2), new Share(2, 2), new Share(0, 1)], groups.Values);
    }

    [Fact]
    public void Flips_are_the_images_whose_prediction_differs() =>
        Assert.Equal(new Share(2, 6), Six.Flips(new("recoloured", [0, 1, 1, 1, 2, 0], Six.Labels, 3)));

    [Fact]
    public void A_set_whose_classes_the_network_has_not_is_refused()
    {
        using var victim = TinyProblem.LinearVictim();
        var set = new ImageSet("three", [10, 20, 30], [0, 1, 2], [], new(1, 1, 1));

        Assert.Contains(
            "has label 2", Assert.Throws<BadInputException>(() => Predictions.OfFitted(victim, set, RunContext.OnCpu())).Message);
    }

    [Fact]
    public void Predictions_are_picked_by_place()
    {
        var picked = Six.Pick([2, 0, 1]);

        Assert.Equal([1, 0, 0], picked.Classes);
        Assert.Equal([0, 0, 0], picked.Labels);
        Assert.Equal(new Share(2, 3), picked.Accuracy);
    }

    [Fact]
    public void They_are_the_arg_max_of_the_logits()
    {
        using var scope = NewDisposeScope();
        var set = new ImageSet("two", new byte[2], [1, 0], [], new(1, 1, 1));
        var predictions = Predictions.Of(tensor(new float[] { 1, 3, 2, 5, 4, 4.5f }).view(2, 3), set);

        Assert.Equal(("two", 2, 3), (predictions.Data, predictions.Count, predictions.ClassCount));
        Assert.Equal([1, 0], predictions.Classes);
    }
}
