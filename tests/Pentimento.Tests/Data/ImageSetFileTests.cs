using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class ImageSetFileTests
{
    private static readonly NpyArray Images = new(new byte[12], 2, 2, 1, 3);
    private static readonly NpyArray Labels = new(new long[] { 3, 4 }, 2);

    [Fact]
    public void A_set_reads_back_as_written()
    {
        using var scratch = new Scratch();
        var set = new ImageSet("set", [1, 2, 3, 4, 5, 6], [3, 4], [0, 10], new(1, 1, 3));
        Npz.Write(scratch.At("set.npz"), ImageSetFile.Arrays(set));

        var back = ImageSetFile.Read(scratch.At("set.npz"), "back");

        Assert.Equal("back", back.Name);
        Assert.Equal(set.Pixels, back.Pixels);
        Assert.Equal(set.Labels, back.Labels);
        Assert.Equal(set.Colors, back.Colors);
        Assert.Equal(set.Shape, back.Shape);
    }

    [Fact]
    public void Labels_may_be_of_any_width()
    {
        Assert.Equal([3, 4], Read(("images", Images), ("labels", new(new byte[] { 3, 4 }, 2))).Labels);
        Assert.Equal([3, 4], Read(("images", Images), ("labels", new(new[] { 3, 4 }, 2))).Labels);
        Assert.Equal([3, 4], Read(("images", Images), ("labels", new(new sbyte[] { 3, 4 }, 2))).Labels);
        Assert.Equal([3, 4], Read(("images", Images), ("labels", new(new short[] { 3, 4 }, 2))).Labels);
        Assert.Equal([3, 4], Read(("images", Images), ("labels", new(new ushort[] { 3, 4 }, 2))).Labels);
        Assert.Equal([3, 4], Read(("images", Images), ("labels", new(new uint[] { 3, 4 }, 2))).Labels);
        Assert.Equal([3, 4], Read(("images", Images), ("labels", new(new ulong[] { 3, 4 }, 2))).Labels);
    }

    [Fact]
    public void Images_without_channels_are_grey() =>
        Assert.Equal(new ImageShape(2, 3, 1), Read(("images", new(new byte[12], 2, 2, 3)), ("labels", Labels)).Shape);

    [Fact]
    public void Arrays_that_are_no_image_set_are_refused_in_a_sentence()
    {
        Assert.Contains("expected the keys images and labels", Refusal(("images", Images)));
        Assert.Contains(
            "expected images as uint8 (N, H, W, 3) or (N, H, W), got float32 (2, 2)",
            Refusal(("images", new(new float[4], 2, 2)), ("labels", Labels)));
        Assert.Contains("got uint8 (2, 6)", Refusal(("images", new(new byte[12], 2, 6)), ("labels", Labels)));
        Assert.Contains("got int8 (2, 2, 1, 3)", Refusal(("images", new(new sbyte[12], 2, 2, 1, 3)), ("labels", Labels)));
        Assert.Contains("labels must be whole numbers", Refusal(("images", Images), ("labels", new(new ulong[] { ulong.MaxValue, 0 }, 2))));
        Assert.Contains("labels must be whole numbers", Refusal(("images", Images), ("labels", new(new sbyte[] { -1, 0 }, 2))));
        Assert.Contains("expected whole numbers in one dimension, got float64 (2)", Refusal(("images", Images), ("labels", new(new double[2], 2))));
        Assert.Contains("labels: 2 images but 3 values", Refusal(("images", Images), ("labels", new(new long[3], 3))));
        Assert.Contains("colors: 2 images but 1 values", Refusal(("images", Images), ("labels", Labels), ("colors", new(new long[1], 1))));
        Assert.Contains("holds no image", Refusal(("images", new(Array.Empty<byte>(), 0, 2, 2, 3)), ("labels", new(Array.Empty<long>(), 0))));
    }

    [Fact]
    public void Millions_of_labels_for_a_few_images_are_refused_before_they_are_widened()
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("set.npz"), [new("images", Images), new("labels", new(new byte[20_000_000], 20_000_000))]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<BadInputException>(() => ImageSetFile.Read(scratch.At("set.npz"), "set"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000_000);
    }

    [Fact]
    public void What_is_no_attribute_is_not_even_read()
    {
        using var scratch = new Scratch();
        Npz.Write(
            scratch.At("set.npz"),
            [
                new("images", Images),
                new("labels", Labels),
                new("place", new(new short[] { 7, 8 }, 2)),
                new("noise", new(new double[2], 2)),
                new("large", new(new int[5_000_000], 5_000_000)),
            ]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var attribute = Assert.Single(ImageSetFile.Read(scratch.At("set.npz"), "set").Attributes);
        Assert.Equal("place", attribute.Key);
        Assert.Equal([7, 8], attribute.Value);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    private static string Refusal(params (string, NpyArray)[] arrays) => Assert.Throws<BadInputException>(() => Read(arrays)).Message;

    private static ImageSet Read(params (string Name, NpyArray Array)[] arrays)
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("set.npz"), arrays.Select(pair => KeyValuePair.Create(pair.Name, pair.Array)));
        return ImageSetFile.Read(scratch.At("set.npz"), "set");
    }
}
