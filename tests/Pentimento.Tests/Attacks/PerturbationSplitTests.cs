using Pentimento.Attacks;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Attacks;

public sealed class PerturbationSplitTests
{
    // Two RGB images of 2x2 pixels: the left column is red stroke, the right background; the dim pixel of 100 is background too.
    private static readonly ImageSet Set = new(
        "two", [255, 0, 0, 0, 0, 0, 200, 0, 0, 100, 0, 0, 255, 0, 0, 0, 0, 0, 200, 0, 0, 100, 0, 0], [0, 1], [], new(2, 2, 3));

    [Fact]
    public void A_shift_of_the_strokes_colour_is_repainting_and_its_opposite_signs_are_redrawing()
    {
        using var scope = NewDisposeScope();
        var change = zeros(2, 3, 2, 2);
        change[0, 1, .., 0] = 0.1f;
        change[1, 1, 0, 0] = 0.1f;
        change[1, 1, 1, 0] = -0.1f;

        var repainted = PerturbationSplit.Of(Set, change, [true, false])!;
        var redrawn = PerturbationSplit.Of(Set, change, [false, true])!;

        Assert.Equal(
            (1.0, 1.0, 0.0, 1.0, 0.5),
            (repainted.Color, repainted.ColorOfStroke, repainted.Shape, repainted.OnStroke, repainted.StrokeArea),
            Near);
        Assert.Equal((0.0, 0.0, 1.0, 1.0, 0.5), (redrawn.Color, redrawn.ColorOfStroke, redrawn.Shape, redrawn.OnStroke, redrawn.StrokeArea), Near);
    }

    [Fact]
    public void A_mixed_change_is_split_by_energy()
    {
        using var scope = NewDisposeScope();
        var change = zeros(2, 3, 2, 2);
        // Background: one blue pixel by 0.2, the other unchanged: an even shift of 0.1 (energy 0.02) and the rest (0.02). Stroke: 0.04 of
        // an even shift.
        change[0, 2, 0, 1] = 0.2f;
        change[0, 0, .., 0] = -0.141421356f;

        var split = PerturbationSplit.Of(Set, change, [true, true])!;

        // The second image is unchanged and does not count.
        Assert.Equal(1, split.Count);
        Assert.Equal((0.75, 0.5, 0.25, 0.5, 0.5), (split.Color, split.ColorOfStroke, split.Shape, split.OnStroke, split.StrokeArea), Near);
    }

    [Fact]
    public void Without_a_change_there_is_nothing_to_split()
    {
        using var scope = NewDisposeScope();

        Assert.Null(PerturbationSplit.Of(Set, zeros(2, 3, 2, 2), [true, true]));
    }

    private static bool Near((double, double, double, double, double) left, (double, double, double, double, double) right) =>
        new[]
        {
            left.Item1 - right.Item1,
            left.Item2 - right.Item2,
            left.Item3 - right.Item3,
            left.Item4 - right.Item4,
            left.Item5 - right.Item5,
        }.All(gap => Math.Abs(gap) < 1e-6);
}
