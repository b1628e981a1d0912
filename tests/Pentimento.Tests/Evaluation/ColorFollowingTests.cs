using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Tests.Evaluation;

public sealed class ColorFollowingTests
{
    private const int Images = 200;
    private static readonly long[] Labels = [.. Enumerable.Range(0, Images).Select(at => (long)(at % 2))];

    // Ten colours for two classes: five stand for each, and still a network that reads the colour alone follows it wholly.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void A_network_that_reads_the_colour_alone_comes_to_one_whatever_the_number_of_classes(int classes) =>
        Assert.Equal(1, Of((_, color) => color % classes, classes).Value, 9);

    [Fact]
    public void A_network_that_reads_the_shape_alone_comes_to_zero()
    {
        var followed = Of((image, _) => (int)Labels[image], 2);
        Assert.Equal(0, followed.Value, 9);
        // Two hundred images do not prove that none ever follows.
        Assert.InRange(followed.High, 0.01, 0.03);
    }

    [Fact]
    public void One_answer_for_everything_comes_to_zero() => Assert.Equal(0, Of((_, _) => 1, 2).Value, 9);

    [Fact]
    public void Errors_that_colours_share_follow_none_of_them()
    {
        // In every colour another fifth of the images goes wrong, always towards the same class.
        var followed = Of((image, color) => (image / 2 + color) % 5 == 0 ? 2 : (int)Labels[image], 3);
        Assert.InRange(followed.Value, -0.1, 0.05);
    }

    // 68 of the 200 images answer by the colour, the others by shape.
    [Fact]
    public void The_part_that_follows_is_the_share_of_images_that_do() =>
        Assert.Equal(0.34, Of((image, color) => image % 6 < 2 ? color : (int)Labels[image] + 10, 12).Value, 9);

    [Fact]
    public void One_colour_alone_tells_nothing()
    {
        using var predicted = zeros(Images, 1, int64);
        Assert.Equal(new ConfidenceInterval(0, -1, 1), ColorFollowing.Of(predicted, Labels, 2));
    }

    [Fact]
    public void Where_all_values_agree_the_interval_is_Wilsons_of_a_share_of_that_size()
    {
        var (half, found) = (new Share(50, 100), ColorFollowing.Interval([.. Enumerable.Repeat(0.5, 100)]));

        Assert.Equal(half.Low, found.Low, 1e-12);
        Assert.Equal(half.High, found.High, 1e-12);
    }

    [Fact]
    public void Where_values_differ_the_interval_is_the_normal_one_if_that_is_wider()
    {
        // Fifty of each: the deviation is sqrt(100 / 99) times one, the share of a mean of zero ends at 3.7%.
        var found = ColorFollowing.Interval([.. Enumerable.Range(0, 100).Select(at => at % 2 == 0 ? 1.0 : -1)]);

        Assert.Equal(1.96 * Math.Sqrt(100 / 99.0) / 10, found.High, 1e-12);
        Assert.Equal(-1.96 * Math.Sqrt(100 / 99.0) / 10, found.Low, 1e-12);
    }

    private static ConfidenceInterval Of(Func<int, int, int> answer, int classes)
    {
        using var predicted = tensor(
            Enumerable.Range(0, Images).SelectMany(image => Enumerable.Range(0, 10).Select(color => (long)answer(image, color))).ToArray(),
            Images,
            10);
        return ColorFollowing.Of(predicted, Labels, classes);
    }
}
