using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Data;

public sealed class PictureFilesTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly string[] files = new string[9];

    public PictureFilesTests()
    {
        for (byte at = 0; at < files.Length; at++) files[at] = scratch.Write($"{at}.png", ImageFile.Png([at, (byte)(10 * at), 0, 255], new(2, 2, 1)));
    }

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(1000)]
    [InlineData(8)]
    [InlineData(0)]
    public void Batches_are_those_of_the_array_whatever_the_memory(long memory)
    {
        using var scope = NewDisposeScope();
        var (set, array) = (Set(memory), Array());

        for (var pass = 0; pass < 3; pass++)
            for (var start = 0; start < 9; start += 4)
                Assert.True(Pixels.Slice(set, start, 4).equal(Pixels.Slice(array, start, 4)).all().item<bool>());
        var (places, next) = (tensor(new long[] { 7, 0, 7 }), tensor(new long[] { 1, 8 }));
        Assert.True(Pixels.Batch(set, places, next).equal(Pixels.Batch(array, places)).all().item<bool>());
        Assert.True(Pixels.Batch(set, next).equal(Pixels.Batch(array, next)).all().item<bool>());
    }

    [Fact]
    public void Picked_images_and_sets_together_are_the_same_as_of_arrays()
    {
        var (set, array) = (Set(1000), Array());

        Assert.Equal(array.Pick([8, 2, 2]).Pixels, set.Pick([8, 2, 2]).Pixels);
        Assert.Equal(array.PixelsOf(5), set.PixelsOf(5));
        var both = PixelSource.Together([set.Pick([3, 4]).Source, array.Pick([0]).Source, set.Pick([8]).Source], 4);
        Assert.Equal([3, 4, 0, 8], Enumerable.Range(0, 4).Select(at => (int)both.Of(at)[0]));
        var read = new byte[12];
        both.Read([3, 0, 2], read);
        Assert.Equal([8, 3, 0], new[] { read[0], read[4], read[8] }.Select(value => (int)value));
        Assert.Equal([0, 3], Enumerable.Range(0, 2).Select(at => (int)both.Pick([2, 0]).Of(at)[0]));
    }

    [Fact]
    public void A_damaged_picture_stops_who_asks_for_it_and_nobody_else()
    {
        scratch.Write("4.png", "no picture");
        using var scope = NewDisposeScope();
        var set = Set(1000);

        // Decoded ahead, its damage waits for the batch that it belongs to.
        Pixels.Slice(set, 0, 4);
        Assert.Contains("4.png is not a picture", Assert.Throws<BadInputException>(() => Pixels.Slice(set, 4, 4)).Message);
    }

    private ImageSet Set(long memory) => new("files", new PictureFiles(files, new(2, 2, 1), false, memory, 2), new long[9], [], new(2, 2, 1));

    private static ImageSet Array()
    {
        byte[] pixels = [.. Enumerable.Range(0, 9).SelectMany(at => new[] { (byte)at, (byte)(10 * at), (byte)0, (byte)255 })];
        return new("array", pixels, new long[9], [], new(2, 2, 1));
    }
}
