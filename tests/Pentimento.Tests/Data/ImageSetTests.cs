using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Data;

public sealed class ImageSetTests
{
    private static readonly ImageSet Three = new(
        "three",
        [.. Enumerable.Range(0, 12).Select(value => (byte)value)],
        [7, 8, 9],
        [1, 2, 10],
        new(2, 1, 2));

    [Fact]
    public void The_first_images_are_taken()
    {
        Assert.Equal([7, 8], Three.Take(2).Labels);
        Assert.Equal([1, 2], Three.Take(2).Colors);
        Assert.Same(Three, Three.Take(0));
        Assert.Same(Three, Three.Take(3));
    }

    [Fact]
    public void Images_are_picked_in_the_order_asked_for()
    {
        var picked = Three.Pick([2, 0]);

        Assert.Equal([9, 7], picked.Labels);
        Assert.Equal([10, 1], picked.Colors);
        Assert.Equal([8, 9, 10, 11, 0, 1, 2, 3], picked.Pixels.ToArray());
    }

    [Fact]
    public void A_set_without_colours_stays_without_them() => Assert.Empty(TinyProblem.Noise(3).Pick([1]).Colors);

    [Fact]
    public void Its_tensors_show_its_own_memory()
    {
        using var scope = NewDisposeScope();

        Assert.Equal([3, 2, 1, 2], Three.Tensor().shape);
        Assert.Equal(9, Three.Tensor()[2, 0, 0, 1].item<byte>());
        Assert.Equal([7L, 8L, 9L], Three.LabelTensor().data<long>().ToArray());
    }

    [Fact]
    public void Arrays_that_disagree_are_refused()
    {
        Assert.Contains("5 pixel values do not make 1 images", Refusal(new byte[5], [0], []));
        Assert.Contains("2 colours for 1 images", Refusal(new byte[4], [0], [1, 2]));
        Assert.Contains("labels must be whole numbers", Refusal(new byte[4], [-1], []));
    }

    private static string Refusal(byte[] images, long[] labels, long[] colors) =>
        Assert.Throws<BadInputException>(() => new ImageSet("set", images, labels, colors, new(2, 2, 1))).Message;
}
