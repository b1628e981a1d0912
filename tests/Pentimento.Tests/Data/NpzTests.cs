using System.IO.Compression;
using System.Security.Cryptography;
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
    public void Every_type_byte_order_and_order_of_axes_that_numpy_writes_is_read()
    {
        var arrays = Npz.Read(Oracle.At("numpy-types.npz")).Concat(Npz.Read(Oracle.At("numpy-stored.npz"))).ToList();

        Assert.Equal(50, arrays.Count);
        Assert.All(arrays, pair =>
        {
            var type = pair.Key.Split('-')[0];
            var values = Enumerable
                .Range(-7, 24)
                .Select(value =>
                    type[0] switch
                    {
                        'b' => value % 3 == 0 ? 1 : 0,
                        'u' => value + 7,
                        'f' => value / 2.0,
                        _ => value,
                    }
                );
            Assert.Equal($"{type} (2, 3, 4)", pair.Value.ToString());
            Assert.Equal(values, pair.Value.Data.Cast<object>().Select(value => value is Half half ? (double)half : Convert.ToDouble(value, null)));
        });
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    [InlineData("v3")]
    public void Every_version_that_numpy_writes_is_read(string name) =>
        Assert.Equal([0, 1, 2], (int[])Npz.Read(Oracle.At("numpy-versions.npz"), name)[name].Data);

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    public void The_threads_do_not_change_a_byte(CompressionLevel level)
    {
        using var scratch = new Scratch();
        KeyValuePair<string, NpyArray>[] large = [new("noise", new(Noise(3_000_000), 3_000_000)), .. Arrays];

        foreach (var threads in new[] { 1, 2, 5 }) Npz.Write(scratch.At($"{threads}.npz"), large, level, threads);

        Assert.Equal(File.ReadAllBytes(scratch.At("1.npz")), File.ReadAllBytes(scratch.At("2.npz")));
        Assert.Equal(File.ReadAllBytes(scratch.At("1.npz")), File.ReadAllBytes(scratch.At("5.npz")));
        Assert.Equal((byte[])large[0].Value.Data, (byte[])Npz.Read(scratch.At("5.npz"), "noise")["noise"].Data);
    }

    [Fact]
    public void An_array_made_while_it_is_written_gives_the_same_file_and_its_checksum()
    {
        using var scratch = new Scratch();
        var bytes = Noise(2_500_000);
        var whole = new NpyArray(bytes, 2500, 1000);
        Npz.Write(scratch.At("whole.npz"), [new("images", whole)]);

        var pieces = new NpyPieces(
            typeof(byte),
            [2500, 1000],
            new(bytes.Length, 1 << 20, (start, piece) => bytes.AsSpan((int)start, piece.Length).CopyTo(piece)));
        var sums = Npz.WritePieces(scratch.At("pieces.npz"), [new("images", pieces)], CompressionLevel.Fastest, 2);

        Assert.Equal(File.ReadAllBytes(scratch.At("whole.npz")), File.ReadAllBytes(scratch.At("pieces.npz")));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), sums["images"]);
    }

    [Fact]
    public void A_stored_value_that_was_changed_is_noticed()
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("a.npz"), [new("images", new(new byte[] { 11, 22, 33, 44, 55 }, 5))], CompressionLevel.NoCompression);
        var bytes = File.ReadAllBytes(scratch.At("a.npz"));
        bytes[bytes.AsSpan().IndexOf(new byte[] { 11, 22, 33, 44, 55 }) + 2] = 34;

        Assert.Contains("images is damaged", Assert.Throws<BadInputException>(() => Npz.Read(scratch.Write("a.npz", bytes))).Message);
    }

    [Fact]
    public void Two_arrays_of_one_name_are_refused()
    {
        using var scratch = new Scratch();
        Npz.Write(scratch.At("a.npz"), [new("labels", new(new long[] { 1 }, 1)), new("labels", new(new long[] { 2 }, 1))]);

        Assert.Contains(
            "two arrays of the name labels",
            Assert.Throws<BadInputException>(() => Npz.Read(scratch.At("a.npz"))).Message,
            StringComparison.Ordinal);
    }

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
        Npz.Write(scratch.At("a.npz"), Arrays, level, 2);
        var whole = File.ReadAllBytes(scratch.At("a.npz"));

        var refused = Corruption.Of(whole, 800, whole.Length).Count(bytes => Corruption.IsRefused(() => Npz.Read(scratch.Write("b.npz", bytes))));

        // Values and lengths are under a checksum; what may change unnoticed are dates, versions and the like.
        Assert.InRange(refused, 600, 799);
    }

    /// <summary>Bytes of which half repeat.</summary>
    private static byte[] Noise(int count)
    {
        var dice = new SplitMix64(new(5));
        var bytes = new byte[count];
        for (var at = 0; at < count; at++) bytes[at] = at / 1000 % 2 == 0 ? (byte)dice.Below(256) : (byte)9;
        return bytes;
    }
}
