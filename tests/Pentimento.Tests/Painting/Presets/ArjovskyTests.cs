using Pentimento.Data;
using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Painting.Presets;

public sealed class ArjovskyTests
{
    private static readonly Lazy<PresetSet[]> Painted = new(() => [.. ArtifactPictures.Paint(new Arjovsky())]);

    private static PresetSet[] Sets => Painted.Value;

    [Fact]
    public void Two_environments_of_25000_and_a_test_of_10000_at_14x14() => Assert.Equal(
        [("env1", Split.Train, 25_000, "14x14x3"), ("env2", Split.Train, 25_000, "14x14x3"), ("test", Split.Test, 10_000, "14x14x3")],
        Sets.Select(set => (set.Name, set.Split, set.Images.Count, set.Images.Shape.ToString())));

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(1, 0.1)]
    [InlineData(2, 0.9)]
    public void A_quarter_of_the_labels_is_wrong_and_colors_conflict_with_labels_at_the_environments_rate(int at, double flip)
    {
        var set = Sets[at];
        var truths = set.Images.Attributes["true_labels"];

        Easel.AssertShare(0.75, ArtifactPictures.Agreeing(truths, set.Images.Labels), set.Images.Count);
        Easel.AssertShare(1 - flip, ArtifactPictures.Agreeing(set), set.Images.Count);
        // The colour follows the noisy label: with the digit it agrees less.
        Easel.AssertShare((0.75 * (1 - flip)) + (0.25 * flip), ArtifactPictures.Agreeing(truths, set.Images.Colors), set.Images.Count);
    }

    [Fact]
    public void The_test_is_the_last_10000_training_digits_in_order_every_second_pixel_in_one_channel()
    {
        var test = Sets[2];
        for (var index = 0; index < test.Images.Count; index++)
        {
            Assert.Equal(ArtifactPictures.Train.Labels[50_000 + index] < 5 ? 1 : 0, test.Images.Attributes["true_labels"][index]);
            var (grey, image) = (ArtifactPictures.Train.Of(50_000 + index).ToArray(), new byte[14 * 14 * 3]);
            for (var pixel = 0; pixel < 14 * 14; pixel++)
                image[(3 * pixel) + (int)test.Images.Colors[index]] = grey[(pixel / 14 * 2 * 28) + (pixel % 14 * 2)];
            Assert.True(test.Images.PixelsOf(index).SequenceEqual(image));
        }
    }

    [Fact]
    public void The_environments_share_out_the_first_50000_training_digits()
    {
        var expected = ArtifactPictures.Shapes(50_000, index => Halved(ArtifactPictures.Train.Of(index)));
        var (first, second) = (Sets[0].Images, Sets[1].Images);

        Assert.Equal(
            expected,
            ArtifactPictures.Shapes(50_000, index => Grey(index < 25_000 ? first.PixelsOf(index) : second.PixelsOf(index - 25_000))));
        // Shuffled: the first environment is not the even places of the file.
        Assert.NotEqual(
            Enumerable.Range(0, 25_000).Select(at => ArtifactPictures.Train.Labels[2 * at] < 5 ? 1L : 0),
            Sets[0].Images.Attributes["true_labels"]);
    }

    [Fact]
    public void Too_few_digits_are_refused() =>
        Assert.Contains(
            "has 10,000",
            Assert.Throws<BadInputException>(() => new Arjovsky().Paint(Easel.Test, Easel.Test, new(0), RunContext.OnCpu())).Message);

    private static byte[] Halved(ReadOnlySpan<byte> digit)
    {
        var half = new byte[14 * 14];
        for (var pixel = 0; pixel < half.Length; pixel++) half[pixel] = digit[(pixel / 14 * 2 * 28) + (pixel % 14 * 2)];
        return half;
    }

    private static byte[] Grey(ReadOnlySpan<byte> image)
    {
        var grey = new byte[image.Length / 3];
        for (var pixel = 0; pixel < grey.Length; pixel++) grey[pixel] = Math.Max(image[3 * pixel], image[(3 * pixel) + 1]);
        return grey;
    }
}
