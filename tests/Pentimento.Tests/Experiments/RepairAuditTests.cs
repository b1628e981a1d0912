using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Tests.Experiments;

public sealed class RepairAuditTests
{
    private static readonly RunContext Run = RunContext.OnCpu();

    [Theory]
    [InlineData(false, "with the color of an image of another class")]
    [InlineData(true, "with the background of an image of another class")]
    public void Every_held_out_image_is_painted_in_the_colour_of_another_class(bool ground, string meaning)
    {
        // Without one image in another colour than its class's: by those that come so nothing could be compared.
        var painter = new Painter(Canvas.Parse("rg_100z"), Palette.Seed, new(3), ground ? ColorPlacement.Background : ColorPlacement.Stroke);
        var set = painter.Paint(Digits.Mnist(Split.Test), Split.Test, 300, 1, Run);
        using var reader = Reader(x => ground ? x[.., .., 0, 0] : x.amax([2, 3]));

        var audit = RepairAudit.Of(reader, set, Run);
        var outcome = audit.Comparison!.OfFitted(reader, Run);

        Assert.Equal((Finding.Shortcut, meaning, 300), (audit.Finding, audit.Comparison.Meaning, audit.Comparison.Places.Length));
        Assert.True(outcome.Score is { All: 1, BiasConflicting: 0 }, $"{outcome.Score}");
    }

    [Fact]
    public void Who_learned_little_is_not_accused()
    {
        // The colours say nothing of these images' classes, and who reads them knows nothing of the images.
        var set = new Painter(Canvas.Parse("un_0z"), Palette.Seed, new(3), ColorPlacement.Stroke)
            .Paint(Digits.Mnist(Split.Test), Split.Test, 300, 1, Run);
        using var reader = Reader(x => x.amax([2, 3]));

        var audit = RepairAudit.Of(reader, set, Run);

        Assert.StartsWith("It reads the colour", audit.Verdict, StringComparison.Ordinal);
        Assert.EndsWith("it has learned too little to tell.", audit.Verdict, StringComparison.Ordinal);
        Assert.Equal(Finding.Undecided, audit.Finding);
    }

    [Fact]
    public void Grey_images_have_no_colours_to_compare_by()
    {
        var grey = new ImageSet("grey", new byte[18], [0, 1], [], new(3, 3, 1));
        using var deaf = Reader(x => x.amax([2, 3]));

        Assert.Null(RepairAudit.Of(deaf, grey, Run).Comparison);
    }

    /// <summary>Says the class whose colour is nearest, and nothing else.</summary>
    private static Classifier Reader(Func<Tensor, Tensor> color) => new(
        new Cnn3(), new(28, 28, 3), 10,
        [new Layer("scores", LayerKind.Other, (x, _) => -20 * Distances(color(x)).square(), Maps: false)]);

    private static Tensor Distances(Tensor colors)
    {
        var all = tensor(Palette.Seed.Colors.SelectMany(color => new[] { color.Red / 255f, color.Green / 255f, color.Blue / 255f }).ToArray());
        return (colors.unsqueeze(1) - all.view(1, -1, 3)).square().sum([2]).sqrt();
    }
}
