using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

/// <summary>What is measured of a network that reads the colour of the one pixel in the middle of 3x3 black ones.</summary>
public sealed class ColorTestingTests
{
    private static readonly Rgb Orange = new("orange", 240, 60, 0);
    private static readonly Rgb Navy = new("navy", 0, 0, 120);
    private static readonly Palette Palette = new([Orange, Navy]);
    private readonly HashSet<(int Red, int Green, int Blue)> seen = [];

    [Fact]
    public void Greys_are_as_bright_as_the_colours_and_hues_as_bright_as_all_of_them_can_be()
    {
        // Orange has a light of 100 and could have 100 * 255 / 240, navy has 40 and could have 85: both are shown at 85.
        Test(Dots(Orange, Orange, Navy, Navy));

        (int, int, int)[] own = [(240, 60, 0), (0, 0, 120)], greys = [(100, 100, 100), (40, 40, 40)], hues = [(204, 51, 0), (0, 0, 255)];
        // An image of zeros is how the batch's size is found.
        Assert.Equivalent(own.Concat(greys).Concat(hues), seen.Where(color => color != (0, 0, 0)), strict: true);
    }

    [Fact]
    public void The_hue_is_followed_wholly_and_the_greys_are_not()
    {
        var test = Test(Dots(Orange, Orange, Navy, Navy));

        Assert.Equal((1, 1, 0), (test.Followed.Value, test.EqualLight.Value, test.Control.Value));
        Assert.Equal((2, new Share(2, 4), 0.5), (test.Colors, test.Shape, test.Chance));
    }

    [Fact]
    public void Kept_are_the_images_that_have_the_same_answer_in_their_own_colour()
    {
        Assert.Equal(new Share(4, 4), Test(Dots(Orange, Orange, Navy, Navy)).Kept);
        Assert.Equal(new Share(3, 4), Test(Dots(Orange, Orange, Navy, Navy), before: [0, 0, 1, 0]).Kept);
    }

    [Fact]
    public void One_colour_alone_says_nothing_of_greys_or_hues()
    {
        var test = Test(Dots(Orange, Orange, Orange, Orange));

        Assert.Equal((1, new ConfidenceInterval(0, -1, 1), new ConfidenceInterval(0, -1, 1)), (test.Colors, test.EqualLight, test.Control.Interval));
    }

    private ColorTest Test(ImageSet set, long[]? before = null)
    {
        using var scope = NewDisposeScope();
        using var network = new Classifier(
            new Cnn3(), new(3, 3, 3), 2, [new Layer("scores", LayerKind.Other, (x, _) => Answers(x), Maps: false)]);
        var logits = Recoloring.Logits(network, set, Palette.Colors, false, "recolour", RunContext.OnCpu());
        before ??= Predictions.Of(network, set, RunContext.OnCpu()).Classes;
        seen.Clear();
        return new ColorTesting(network, Palette, false, RunContext.OnCpu()).Of(set, logits, new("dots", before, set.Labels, 2));
    }

    /// <summary>Class 1 where the middle is more blue than red.</summary>
    private Tensor Answers(Tensor x)
    {
        var middle = x[.., .., 1, 1];
        var bytes = (middle * 255).round().to_type(int32).contiguous().data<int>().ToArray();
        foreach (var pixel in bytes.Chunk(3)) seen.Add((pixel[0], pixel[1], pixel[2]));
        return cat([middle[.., 0].unsqueeze(1), middle[.., 2].unsqueeze(1)], 1);
    }

    private static ImageSet Dots(params Rgb[] colors)
    {
        var pixels = new byte[27 * colors.Length];
        for (var at = 0; at < colors.Length; at++) new[] { colors[at].Red, colors[at].Green, colors[at].Blue }.CopyTo(pixels, (27 * at) + 12);
        return new("dots", pixels, [.. Enumerable.Range(0, colors.Length).Select(at => (long)(at / 2))], [], new(3, 3, 3));
    }
}
