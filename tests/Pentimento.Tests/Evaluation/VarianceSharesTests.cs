using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class VarianceSharesTests
{
    [Theory]
    // Two images by two colours; the second class is minus the first. Cells ac, ad, bc, bd.
    [InlineData(new float[] { 1, -1, 1, -1 }, 1, 0, 0)]
    [InlineData(new float[] { 2, 2, -2, -2 }, 0, 1, 0)]
    [InlineData(new float[] { 1, -1, -1, 1 }, 0, 0, 1)]
    // 3 by colour, 1 by shape, 2 by both: squares 9, 1 and 4.
    [InlineData(new float[] { 6, -4, 0, -2 }, 9 / 14.0, 1 / 14.0, 4 / 14.0)]
    public void Parts_are_those_of_the_table_worked_out_by_hand(float[] cells, double color, double shape, double both)
    {
        using var scope = NewDisposeScope();
        var first = tensor(cells).view(2, 2, 1);

        var shares = VarianceShares.Of(cat([first, -first], 2), new(1))!;

        Assert.Equal(color, shares.Color.Value, 9);
        Assert.Equal(shape, shares.Shape.Value, 9);
        Assert.Equal(both, shares.Both.Value, 9);
    }

    [Fact]
    public void A_number_added_to_all_logits_of_an_image_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var dice = new Seed(4).On(CPU);
        var logits = rand(30, 5, 3, generator: dice);

        var (plain, shifted) = (VarianceShares.Of(logits, new(1))!, VarianceShares.Of(logits + (100 * rand(30, 5, 1, generator: dice)), new(1))!);

        Assert.Equal(plain.Color.Value, shifted.Color.Value, 5);
    }

    [Fact]
    public void The_interval_holds_the_estimate_and_narrows_with_more_images()
    {
        using var scope = NewDisposeScope();
        using var dice = new Seed(5).On(CPU);
        var logits = randn([2000, 4, 3], generator: dice) + arange(4).view(1, 4, 1) * tensor(new float[] { 1, 0, -1 }).view(1, 1, 3);

        var (many, few) = (VarianceShares.Of(logits, new(1))!.Color, VarianceShares.Of(logits.slice(0, 0, 50, 1), new(1))!.Color);

        Assert.InRange(many.Value, many.Low, many.High);
        Assert.True(few.High - few.Low > 3 * (many.High - many.Low), "forty times the images narrow the interval about sixfold.");
    }
}
