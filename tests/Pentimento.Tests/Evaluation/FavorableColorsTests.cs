using Pentimento.Evaluation;
using TorchSharp;

namespace Pentimento.Tests.Evaluation;

public sealed class FavorableColorsTests
{
    private static readonly long[] Labels = [.. Enumerable.Range(0, 400).Select(at => at % 2 == 0 ? 0L : 1)];

    [Fact]
    public void Who_reads_the_colour_alone_is_spared_all_errors() => Assert.Equal(new(1, 1, 1), Spared((_, color) => color));

    [Fact]
    public void Who_predicts_one_class_is_spared_none() => Assert.Equal(0, Spared((_, _) => 1).Value);

    [Fact]
    public void Of_who_makes_no_errors_nothing_can_be_told() => Assert.Equal(new(0, -1, 1), Spared((at, _) => Labels[at]));

    // Class 0 is right in colour 0 alone, class 1 always, so that of a quarter of errors, a half of those of class 0, all vanish; in one image of
    // eight neither colour helps.
    [Fact]
    public void The_errors_that_no_colour_mends_remain()
    {
        var spared = Spared((at, color) => at % 8 == 0 || (Labels[at] == 0 && color == 1) ? 1 : Labels[at]);

        // Errors: 50 images in both colours, 150 in one: 125 of 400; left are 50.
        Assert.Equal(1 - (50 / 125.0), spared.Value, 12);
        Assert.InRange(spared.Low, 0.4, 0.6);
    }

    // Of many colours one is always the luckiest on the images that it was picked by; on others it is right by chance.
    [Fact]
    public void The_best_of_many_colours_is_not_the_luckiest()
    {
        var random = new Random(1);
        var spared = Spared((_, _) => random.Next(2), 100);

        Assert.InRange(spared.Value, -0.15, 0.15);
        Assert.InRange(0, spared.Low, spared.High);
    }

    private static ConfidenceInterval Spared(Func<int, int, long> predict, int colors = 2) => FavorableColors.Spared(
        torch.tensor(Labels.SelectMany((_, at) => Enumerable.Range(0, colors).Select(color => predict(at, color))).ToArray(), [400, colors]), Labels);
}
