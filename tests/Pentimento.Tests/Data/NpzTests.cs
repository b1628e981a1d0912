using System.IO.Compression;
using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class NpzTests
{
    private static readonly KeyValuePair<string, NpyArray>[] Arrays =
    [
        new("images", new(new byte[] { 1, 2, 3, 4 }, 2, 2)), new("labels", new(new long[] { 5, -6 }, 2)), new("rg_95z/maps", new(new[] { 0.5f }, 1)),
    ];

    [Fact]
    public void Arrays_read_back_as_written()
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("a.npz"), Arrays);

        var read = Npz.Read(scratch.At("a.npz"));

        Assert.Equal(["images", "labels", "rg_95z/maps"], read.Keys);
        Assert.Equal([2, 2], read["images"].Shape);
        Assert.Equal([5, -6], (long[])read["labels"].Data);
    }

    [Fact]
    public void Only_the_arrays_asked_for_are_read()
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("a.npz"), Arrays);

        Assert.Equal(["labels"], Npz.Read(scratch.At("a.npz"), "labels", "colors").Keys);
    }

    [Fact]
    public void The_same_arrays_give_the_same_bytes()
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("a.npz"), Arrays);
        Npz.Write(scratch.At("b.npz"), Arrays);

        Assert.Equal(File.ReadAllBytes(scratch.At("a.npz")), File.ReadAllBytes(scratch.At("b.npz")));
        // Files written seconds apart would share a clock's date.
        using var archive = ZipFile.OpenRead(scratch.At("a.npz"));
        Assert.All(archive.Entries, entry => Assert.Equal(1980, entry.LastWriteTime.Year));
    }

    [Fact]
    public void What_numpy_packs_is_read() => Assert.Equal([256, 28, 28, 3], Npz.Read(Oracle.At("images.npz"), "images")["images"].Shape);

    [Fact]
    public void What_is_no_zip_is_refused()
    {
        using var scratch = new Scratch();

        Assert.Contains("not a whole npz", Assert.Throws<BadInputException>(() => Npz.Read(scratch.Write("a.npz", "hello"))).Message);
    }

    [Theory]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.NoCompression)]
    public void Damaged_files_are_read_or_refused_but_never_crash(CompressionLevel level)
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("a.npz"), Arrays, level);
        var whole = File.ReadAllBytes(scratch.At("a.npz"));

        var refused = Corruption.Of(whole, 800, whole.Length).Count(bytes => Corruption.IsRefused(() => Npz.Read(scratch.Write("b.npz", bytes))));

        Assert.InRange(refused, 200, 799);
    }
}
