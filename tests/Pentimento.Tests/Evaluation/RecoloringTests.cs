using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class RecoloringTests
{
    private static readonly ImageSet Painted = Paint("rg_50z", ColorPlacement.Stroke);

    [Theory]
    [InlineData(ColorPlacement.Stroke)]
    [InlineData(ColorPlacement.Background)]
    internal void In_its_own_colour_an_image_is_as_it_was_and_in_another_as_the_painter_paints_it(ColorPlacement cue)
    {
        using var scope = NewDisposeScope();
        var (set, other) = (Paint("rg_100z", cue), Paint("gr_100z", cue));

        var worn = ColorReplacement.Recolored(set.Tensor(), Palette.Seed.Colors, ColorReplacement.HasColoredGround(set.Tensor()));

        Assert.Equal(cue == ColorPlacement.Background, ColorReplacement.HasColoredGround(set.Tensor()));
        for (var at = 0; at < set.Count; at++)
        {
            AssertSame(set, at, worn[at][set.Colors[at]]);
            AssertSame(other, at, worn[at][other.Colors[at]]);
        }
    }

    [Fact]
    public void A_network_that_reads_the_colour_alone_changes_every_answer()
    {
        using var network = ColorReader();

        var result = Recoloring.Of(network, Painted, Palette.Seed, RunContext.OnCpu());

        Assert.Equal(1, result.FlipRate, 9);
        Assert.Equal((40L, 40L), (result.EverFlipped.Hits, result.EverFlipped.Count));
        Assert.Equal(1, result.Shares!.Color.Value, 2);
        // A digit wins in its own colour and always there.
        Assert.Equal(Palette.Seed.Colors.Select(color => color.Name), result.Winners.Select(winner => winner.Color));
        Assert.All(result.Winners, winner => Assert.Equal(1, winner.Share, 9));
        Assert.Equal("digit", result.Recolored);
    }

    [Fact]
    public void A_network_that_reads_the_shape_alone_changes_none()
    {
        using var network = ShapeReader();

        var result = Recoloring.Of(network, Painted, Palette.Seed, RunContext.OnCpu());

        Assert.Equal((0, 0L, 0L), (result.FlipRate, result.EverFlipped.Hits, result.CorrectFlipped.Hits));
        Assert.True(result.Low <= 0 && result.High > 0.02, "forty digits do not prove that no digit ever flips.");
        Assert.Equal(1, result.Shares!.Shape.Value, 4);
    }

    [Fact]
    public void A_network_that_answers_all_alike_has_no_shares()
    {
        using var network = Reader(x => x.new_zeros(x.shape[0], 10));

        Assert.Null(Recoloring.Of(network, Painted, Palette.Seed, RunContext.OnCpu()).Shares);
    }

    [Fact]
    public void Where_the_own_colour_is_unknown_all_colours_count()
    {
        using var network = ColorReader();
        var unknown = new ImageSet("unknown", Painted.Pixels.ToArray(), Painted.Labels, [], Painted.Shape);

        // Nine of the ten colours give another answer.
        Assert.Equal(0.9, Recoloring.Of(network, unknown, Palette.Seed, RunContext.OnCpu()).FlipRate, 9);
    }

    [Fact]
    public void Grey_images_are_refused() =>
        Assert.Contains(
            "only RGB",
            Assert
                .Throws<BadInputException>(() => Recoloring.Of(TinyProblem.Network(), TinyProblem.Noise(3), Palette.Seed, RunContext.OnCpu()))
                .Message,
            StringComparison.Ordinal);

    [Fact]
    public void Images_of_another_size_are_refused()
    {
        using var network = ColorReader();
        var small = new ImageSet("small", new byte[27], [0], [], new(3, 3, 3));

        var refusal = Assert.Throws<BadInputException>(() => Recoloring.Check(network, small));

        Assert.Equal("The network reads images of 28x28x3, small has 3x3x3.", refusal.Message);
        Recoloring.Check(network, Painted);
    }

    [Fact]
    public void A_sweep_of_hues_finds_the_colours_own_hue()
    {
        using var network = ColorReader();

        var sweep = HueSweep.Of(network, Painted, RunContext.OnCpu());

        Assert.All(sweep.Probabilities, row => Assert.Equal(1, row.Sum(), 6));
        int Best(int digit) => (int)sweep.Hues[Enumerable.Range(0, sweep.Hues.Count).MaxBy(at => sweep.Probabilities[at][digit])];
        // Red, green, cyan and yellow are pure hues.
        Assert.Equal((0, 120, 180, 60), (Best(0), Best(1), Best(2), Best(6)));
    }

    [Fact]
    public void The_hues_of_a_large_network_are_those_of_fewer_images_and_never_of_more_than_there_are()
    {
        using var small = TinyProblem.Network();
        using var large = new Cnn3().Build(new(224, 224, 3), 10, new(1));

        Assert.Equal((500, 3), (HueSweep.SampleOf(small, 10_000), HueSweep.SampleOf(small, 3)));
        Assert.Equal((1L << 34) / (36 * BatchSize.Bytes(large)), HueSweep.SampleOf(large, 10_000));
        Assert.InRange(HueSweep.SampleOf(large, 10_000), 16, 499);
    }

    [Theory]
    [InlineData(0, 255, 0, 0)]
    [InlineData(60, 255, 255, 0)]
    [InlineData(150, 0, 255, 128)]
    [InlineData(240, 0, 0, 255)]
    [InlineData(330, 255, 0, 128)]
    public void Pure_hues_are_those_of_the_colour_circle(double hue, byte red, byte green, byte blue)
    {
        var color = HueSweep.Saturated(hue);
        Assert.Equal((red, green, blue), (color.Red, color.Green, color.Blue));
    }

    private static ImageSet Paint(string name, ColorPlacement cue) =>
        new Painter(Canvas.Parse(name), Palette.Seed, new(3), cue).Paint(Digits.Mnist(Split.Test), Split.Test, 40, 1, RunContext.OnCpu());

    /// <summary>The brightest grey of a digit is not always 255: up to a fiftieth may be brighter.</summary>
    private static void AssertSame(ImageSet set, int at, Tensor worn)
    {
        var original = Pixels.Slice(set.Tensor(), at, 1)[0];
        Assert.True((worn - original).abs().max().item<float>() < 0.02, $"image {at} of {set.Name} differs.");
    }

    /// <summary>Answers with the palette's colour that is nearest to the image's brightest.</summary>
    private static Classifier ColorReader()
    {
        var palette = tensor(Palette.Seed.Colors.SelectMany(color => new[] { color.Red / 255f, color.Green / 255f, color.Blue / 255f }).ToArray())
            .view(1, 10, 3)
            .DetachFromDisposeScope();
        return Reader(x => -20 * (x.amax([2, 3]).unsqueeze(1) - palette).square().sum([2]));
    }

    /// <summary>Answers by where the light is, row by row, measured in the brightest.</summary>
    private static Classifier ShapeReader() => Reader(x =>
    {
        var light = x.amax([1]);
        return 10 * (light / light.amax([1, 2], keepdim: true)).mean([2]).slice(1, 8, 18, 1);
    });

    private static Classifier Reader(Func<Tensor, Tensor> scores) =>
        new(new Cnn3(), new(28, 28, 3), 10, [new Layer("scores", LayerKind.Other, (x, _) => scores(x), Maps: false)]);
}
