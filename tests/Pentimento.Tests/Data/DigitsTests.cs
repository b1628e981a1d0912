using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class DigitsTests
{
    [Theory]
    [InlineData(Split.Train, 60_000, 5, 0, 4)]
    [InlineData(Split.Test, 10_000, 7, 2, 1)]
    internal void The_embedded_digits_are_mnist(Split split, int count, int first, int second, int third)
    {
        var digits = Digits.Mnist(split);

        Assert.Equal(count, digits.Count);
        Assert.Equal([first, second, third], digits.Labels[..3]);
        Assert.Equal((28, 28), (digits.Height, digits.Width));
        Assert.Equal(count * 784, digits.Pixels.Length);
    }

    [Fact]
    public void An_image_is_its_own_slice_of_the_pixels()
    {
        var digits = new Digits("hand", (byte[])[1, 2, 3, 4, 5, 6, 7, 8], [0, 1], 2, 2);

        Assert.Equal([5, 6, 7, 8], digits.Of(1).ToArray());
    }

    [Fact]
    public void Images_and_labels_that_do_not_fit_together_are_refused()
    {
        IdxArray images = new(new byte[8], [2, 2, 2]);

        Assert.Contains("2 images but 3 labels", Refusal(images, new(new byte[3], [3])));
        Assert.Contains("no image with a pixel", Refusal(new([], [0, 2, 2]), new([], [0])));
        Assert.Contains("no image with a pixel", Refusal(new([], [2, 0, 2]), new([7, 8], [2])));
        Assert.Contains("the labels have 3 dimensions", Refusal(images, images));
        Assert.Contains("the images have 1 dimensions", Refusal(new(new byte[3], [3]), new(new byte[3], [3])));
    }

    private static string Refusal(IdxArray images, IdxArray labels) =>
        Assert.Throws<BadInputException>(() => Digits.From("hand", images, labels)).Message;
}
