using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class ColorAuditTests
{
    private static readonly RunContext Run = RunContext.OnCpu();

    [Fact]
    public void A_network_that_reads_the_colour_is_found_and_one_that_reads_the_shape_is_not()
    {
        var set = Paint("rg_50z", ColorPlacement.Stroke, 300);
        using var reader = Reader(x => -20 * Distances(x.amax([2, 3]), Palette.Seed.Colors).square());
        using var shape = Reader(Truth(set));

        Assert.Equal(Finding.Shortcut, Found(reader, set));
        Assert.Equal(Finding.None, Found(shape, set));
    }

    [Fact]
    public void Two_classes_that_are_told_by_colour_alone_are_found()
    {
        var set = Paint("rg_50z", ColorPlacement.Stroke, 300);
        var two = new ImageSet("two", set.Pixels.ToArray(), Array.ConvertAll(set.Labels, label => label % 2), set.Colors, set.Shape);
        using var reader = Reader(x => (-20 * Distances(x.amax([2, 3]), Palette.Seed.Colors).square()).view(-1, 5, 2).amax([1]), 2);

        var part = Assert.Single(ColorAudit.Of(reader, two, null, Predictions.Of(reader, two, Run), Run));

        Assert.Equal((Finding.Shortcut, 1.0), (part.Finding, Math.Round(part.Test!.Followed.Value, 6)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_cues_the_one_that_is_followed_comes_first(bool ground)
    {
        var set = Paint("rg_50z", ColorPlacement.Both, 300);
        using var reader = Reader(x => -20 * Distances(ground ? x[.., .., 0, 0] : Inner(x), Palette.Seed.Colors).square());

        var parts = ColorAudit.Of(reader, set, null, Predictions.Of(reader, set, Run), Run);

        Assert.Equal(ground ? ["ground", "digit"] : ["digit", "ground"], parts.Select(part => part.Recolored));
        Assert.Equal(Finding.Shortcut, parts[0].Finding);
        Assert.NotEqual(Finding.Shortcut, parts[1].Finding);
    }

    [Fact]
    public void Who_answers_the_most_frequent_class_alone_has_no_clean_bill()
    {
        var set = Paint("un_0z", ColorPlacement.Stroke, 300);
        var rare = new ImageSet("rare", set.Pixels.ToArray(), Array.ConvertAll(set.Labels, label => label == 9 ? 1L : 0), set.Colors, set.Shape);
        using var deaf = Reader(x => tensor(new[] { 1f, 0 }).expand(x.shape[0], 2), 2);

        Assert.Equal(Finding.Undecided, Found(deaf, rare));
    }

    [Fact]
    public void White_digits_have_no_colours_to_judge_by()
    {
        var set = Paint("bw_100z", ColorPlacement.Stroke, 100);
        using var reader = Reader(x => -20 * Distances(x.amax([2, 3]), Palette.Seed.Colors).square());

        Assert.Equal(Finding.Undecided, Found(reader, set));
    }

    [Fact]
    public void Other_colours_than_the_seeds_are_found_in_the_images()
    {
        Rgb[] colors = [new("a", 200, 40, 90), new("b", 60, 200, 130), new("c", 90, 90, 220)];
        var set = new Painter(
                Canvas.Parse("un_0z"), new([.. Enumerable.Range(0, 10).Select(at => colors[at % 3])]), new(3), ColorPlacement.Background)
            .Paint(Digits.Mnist(Split.Test), Split.Test, 100, 1, Run);

        var palette = ImageColors.PaletteOf(set);

        Assert.Equal(
            colors.Select(color => (color.Red, color.Green, color.Blue)).Order(),
            palette.Colors.Select(color => (color.Red, color.Green, color.Blue)).Order());
    }

    [Fact]
    public void Grey_images_are_refused_before_colours_are_sought_in_them()
    {
        // A grey that no colour of the seed's is near to, so that a palette would be sought.
        var grey = new ImageSet("grey", [0, 0, 0, 0, 120, 0, 0, 0, 0, 0, 0, 0, 0, 120, 0, 0, 0, 0], [0, 1], [], new(3, 3, 1));
        var known = new Predictions("grey", [0, 1], [0, 1], 2);
        using var deaf = Reader(x => x.new_zeros(x.shape[0], 2), 2);

        Assert.Contains("only RGB", Assert.Throws<BadInputException>(() => ColorAudit.Of(deaf, grey, null, known, Run)).Message);
    }

    private static Finding Found(Classifier network, ImageSet set) =>
        ColorAudit.Finding(ColorAudit.Of(network, set, null, Predictions.Of(network, set, Run), Run));

    private static ImageSet Paint(string name, ColorPlacement cue, int count) =>
        new Painter(Canvas.Parse(name), Palette.Seed, new(3), cue).Paint(Digits.Mnist(Split.Test), Split.Test, count, 1, Run);

    /// <summary>The colour of the pixel that differs most from the corner's.</summary>
    private static Tensor Inner(Tensor x)
    {
        var far = (x - x[.., .., 0, 0].unsqueeze(2).unsqueeze(3)).abs().amax([1]).flatten(1).argmax(1);
        return x.flatten(2).gather(2, far.view(-1, 1, 1).expand(-1, 3, 1)).squeeze(2);
    }

    private static Tensor Distances(Tensor colors, IReadOnlyList<Rgb> palette)
    {
        var all = tensor(palette.SelectMany(color => new[] { color.Red / 255f, color.Green / 255f, color.Blue / 255f }).ToArray()).view(1, -1, 3);
        return (colors.unsqueeze(1) - all).square().sum([2]).sqrt();
    }

    /// <summary>Knows every shape by heart: the label of the image whose light, divided by its brightest, is nearest.</summary>
    private static Func<Tensor, Tensor> Truth(ImageSet set)
    {
        Tensor Shape(Tensor x)
        {
            var light = x.amax([1]).flatten(1);
            return light / light.amax([1], keepdim: true).clamp(min: 1e-6);
        }

        var (known, labels) = (Shape(Pixels.Slice(set.Tensor(), 0, set.Count)).DetachFromDisposeScope(), tensor(set.Labels).DetachFromDisposeScope());
        return x => nn.functional.one_hot(labels.index_select(0, cdist(Shape(x), known).argmin(1)), 10).to_type(float32);
    }

    private static Classifier Reader(Func<Tensor, Tensor> scores, int classes = 10) =>
        new(new Cnn3(), new(28, 28, 3), classes, [new Layer("scores", LayerKind.Other, (x, _) => scores(x), Maps: false)]);
}
