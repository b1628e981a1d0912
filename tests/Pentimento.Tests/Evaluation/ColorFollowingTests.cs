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

    private static ConfidenceInterval Of(Func<int, int, int> answer, int classes)
    {
        using var predicted = tensor(
            Enumerable.Range(0, Images).SelectMany(image => Enumerable.Range(0, 10).Select(color => (long)answer(image, color))).ToArray(),
            Images,
            10);
        return ColorFollowing.Of(predicted, Labels, classes);
    }
}
