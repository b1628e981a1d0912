using Pentimento.Training.Procedures;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Procedures;

public sealed class UnsupervisedLogitAdjustmentTests
{
    [Fact]
    public void The_prior_is_the_share_of_each_class_in_what_is_softly_predicted()
    {
        using var scope = NewDisposeScope();
        // Predicted 0 with 3/4, 3/4 and 1/4; their classes are 0, 1 and 1. Row 0: class 0 has 3/4 of 7/4; row 1: 1/4 of 5/4.
        var logits = tensor(new[] { (float)Math.Log(3), 0, (float)Math.Log(3), 0, 0, (float)Math.Log(3) }).view(3, 2);

        var prior = new UnsupervisedLogitAdjustment(Strength: 2).Prior(logits, [0, 1, 1]);

        Assert.Equal(2 * Math.Log(3 / 7.0), prior[0, 0], 1e-5);
        Assert.Equal(2 * Math.Log(4 / 7.0), prior[0, 1], 1e-5);
        Assert.Equal(2 * Math.Log(1 / 5.0), prior[1, 0], 1e-5);
        Assert.Equal(2 * Math.Log(4 / 5.0), prior[1, 1], 1e-5);
    }

    [Fact]
    public void Temperature_flattens_the_predictions_and_with_them_the_prior()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new float[] { 100, 0, 0, 100 }).view(2, 2);

        var flat = new UnsupervisedLogitAdjustment(Temperature: 1e3 - 1e-3).Prior(logits, [0, 1]);

        // softmax(0.1) is 0.525, and both rows are the same but for the order.
        Assert.Equal(Math.Log(1 / (1 + Math.Exp(-0.1))), flat[0, 0], 1e-3);
        Assert.Equal(flat[0, 0], flat[1, 1], 1e-6);
    }

    [Fact]
    public void Views_agree_where_both_halves_are_the_same_uncorrelated_numbers()
    {
        using var scope = NewDisposeScope();
        var half = tensor(new float[] { 1, 1, 1, -1, -1, 1, -1, -1 }).view(4, 2);
        double Of(Tensor other) => TwoViews.Loss(0.25).Begin().Of([new(cat([half, other], 1), zeros(4, int64))], 0).Value.item<float>();

        Assert.Equal(0, Of(3 * half), 1e-4);
        // Exchanged numbers: none agrees with itself, and both with the other.
        Assert.Equal(2 + (0.25 * 2), Of(half.flip(1)), 1e-4);
    }

    [Fact]
    public void A_view_is_a_part_of_the_image_as_large_as_the_image()
    {
        using var scope = NewDisposeScope();
        using var dice = new Seed(2).On(CPU);
        // Brightness rises from left to right, so that a part's rises too, by less.
        var images = linspace(0, 1, 16).view(1, 1, 1, 16).expand(8, 1, 16, 16).contiguous();

        var views = TwoViews.View(images, dice);

        Assert.Equal(images.shape, views.shape);
        var rise = (views.slice(3, 15, 16, 1) - views.slice(3, 0, 1, 1)).select(2, 8).flatten().data<float>().ToArray();
        Assert.All(rise, value => Assert.InRange(value, 0.65, 1.01));
        Assert.True(rise.Distinct().Count() > 4);
    }
}
