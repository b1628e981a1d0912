using System.IO.Compression;
using CsCheck;
using Pentimento.Data.Zip;

namespace Pentimento.Tests.Data.Zip;

public sealed class RunDeflateTests
{
    // A value and how often it is repeated: around the shortest run, a vector's width and the longest run.
    private static readonly Gen<(byte Value, int Times)[]> Stretches = Gen.Select(
        Gen.Byte[0, 3],
        Gen.OneOf(Gen.Int[1, 12], Gen.Int[28, 36], Gen.Int[255, 262], Gen.Int[500, 600]),
        (value, times) => (value, times)
    ).Array[0, 60];

    [Fact]
    public void What_is_packed_unpacks_again() => Stretches.Sample(stretches =>
    {
        byte[] bytes = [.. stretches.SelectMany(stretch => Enumerable.Repeat(stretch.Value, stretch.Times))];
        return Unpacked(Packed(bytes)).SequenceEqual(bytes);
    }, iter: 2000);

    [Fact]
    public void Every_byte_value_and_every_length_of_run_comes_back()
    {
        byte[] bytes = [.. Enumerable.Range(1, 600).SelectMany(length => Enumerable.Repeat((byte)length, length))];

        Assert.Equal(bytes, Unpacked(Packed(bytes)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(32_767)]
    [InlineData(32_768)]
    [InlineData(32_769)]
    [InlineData(100_000)]
    public void Blocks_join(int length)
    {
        var dice = new SplitMix64(new(1));
        var chance = new byte[length];
        for (var at = 0; at < length; at++) chance[at] = (byte)dice.Below(256);

        Assert.Equal(chance, Unpacked(Packed(chance)));
        Assert.Equal(new byte[length], Unpacked(Packed(new byte[length])));
        // What cannot be packed grows by the description of its codes, some 150 bytes a block.
        Assert.InRange(Packed(chance).Length, 1, length + (200 * ((length / 32_768) + 1)));
    }

    [Fact]
    public void A_value_so_rare_that_its_code_would_be_too_long_comes_back()
    {
        // Counts that grow like Fibonacci's make Huffman's longest code as long as there are symbols.
        var (last, next) = (1, 1);
        var bytes = new List<byte>();
        for (byte symbol = 0; symbol < 21; symbol++)
        {
            bytes.AddRange(Enumerable.Repeat(symbol, last));
            (last, next) = (next, last + next);
        }

        // Shuffled, so that there are no runs.
        var dice = new SplitMix64(new(2));
        for (var at = bytes.Count - 1; at > 0; at--)
        {
            var other = dice.Below(at + 1);
            (bytes[at], bytes[other]) = (bytes[other], bytes[at]);
        }

        Assert.Equal(bytes, Unpacked(Packed([.. bytes])));
    }

    [Fact]
    public void A_long_run_costs_next_to_nothing() => Assert.InRange(Packed(new byte[1_000_000]).Length, 1, 4000);

    [Fact]
    public void A_packer_may_be_used_again_for_less_and_for_more()
    {
        var packer = new RunDeflate();
        foreach (var length in new[] { 50_000, 3, 200_000 })
        {
            byte[] bytes = [.. Enumerable.Range(0, length).Select(at => (byte)(at * at / 7))];
            Assert.Equal(bytes, Unpacked(packer.Pack(bytes).ToArray()));
        }
    }

    private static byte[] Packed(byte[] bytes) => new RunDeflate().Pack(bytes).ToArray();

    private static byte[] Unpacked(byte[] packed)
    {
        using var inflate = new DeflateStream(new MemoryStream([.. packed, .. Packer.End]), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        inflate.CopyTo(bytes);
        return bytes.ToArray();
    }
}
