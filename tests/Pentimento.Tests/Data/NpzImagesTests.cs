using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class NpzImagesTests
{
    [Fact]
    public void Channels_may_come_first_and_values_may_be_floats()
    {
        // Two images of 1x2: red and green, then white and black.
        byte[] last = [255, 0, 0, 0, 255, 0, 255, 255, 255, 0, 0, 0];
        byte[] first = [255, 0, 0, 255, 0, 0, 255, 0, 255, 0, 255, 0];

        Assert.Equal(last, Pixels(new NpyArray(last, 2, 1, 2, 3)));
        Assert.Equal(last, Pixels(new NpyArray(first, 2, 3, 1, 2)));
        Assert.Equal(last, Pixels(new NpyArray(Array.ConvertAll(first, value => value / 255f), 2, 3, 1, 2)));
        Assert.Equal(last, Pixels(new NpyArray(Array.ConvertAll(last, value => (double)value), 2, 1, 2, 3)));
        Assert.Equal([0, 128, 255], Pixels(new NpyArray(new[] { (Half)0, (Half)0.5, (Half)1 }, 1, 1, 3)));
    }

    [Fact]
    public void Normalised_floats_and_arrays_that_are_no_images_are_refused()
    {
        Assert.Contains("undo their normalisation", Refusal(new NpyArray(new[] { -1f, 1f }, 1, 1, 2)));
        Assert.Contains("expected images as uint8 (N, H, W, 3) or (N, H, W)", Refusal(new NpyArray(new byte[8], 1, 2, 1, 4)));
    }

    [Fact]
    public void Keras_and_MedMNIST_tell_splits_apart()
    {
        using var scratch = new Scratch();
        NpyArray One(byte value) => new(new[] { value }, 1, 1, 1);
        Npz.Write(scratch.At("mnist.npz"), [
            new("x_train", One(1)), new("y_train", new(new byte[] { 3 }, 1)), new("x_test", One(2)), new("y_test", new(new byte[] { 4 }, 1, 1)),
        ]);
        Npz.Write(scratch.At("med.npz"), [new("val_images", One(9)), new("val_labels", new(new byte[] { 1 }, 1, 1))]);

        Assert.Equal((1, 3), Known(ImageSetFile.Read(scratch.At("mnist.npz"), "m", Split.Train)));
        Assert.Equal((2, 4), Known(ImageSetFile.Read(scratch.At("mnist.npz"), "m")));
        Assert.Equal((9, 1), Known(ImageSetFile.Read(scratch.At("med.npz"), "m", Split.Val)));
        Assert.Equal([4], ImageSetFile.ReadLabels(scratch.At("mnist.npz"), "m").Labels);
        Assert.Contains(
            "holds no val images", Assert.Throws<BadInputException>(() => ImageSetFile.Read(scratch.At("mnist.npz"), "m", Split.Val)).Message);
    }

    private static byte[] Pixels(NpyArray images) => NpzImages.Bytes(images, "images").Pixels;

    private static string Refusal(NpyArray images) => Assert.Throws<BadInputException>(() => Pixels(images)).Message;

    private static (int, int) Known(ImageSet set) => (set.Pixels[0], (int)set.Labels[0]);
}
