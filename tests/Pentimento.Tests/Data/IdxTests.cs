using System.IO.Compression;
using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class IdxTests
{
    // Two images of 1x3.
    private static readonly byte[] Whole = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    [Fact]
    public void Bytes_written_by_hand_are_read()
    {
        var array = Read(Whole);

        Assert.Equal([2, 1, 3], array.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], array.Bytes);
    }

    [Fact]
    public void A_gzipped_file_is_unpacked() => Assert.Equal(Read(Whole).Bytes, Read(Packed(Whole)).Bytes);

    [Fact]
    public void Every_cut_is_noticed()
    {
        for (var length = 0; length < Whole.Length; length++) Assert.Throws<BadInputException>(() => Read(Whole[..length]));
    }

    [Fact]
    public void A_cut_gzip_is_noticed()
    {
        var packed = Packed([.. Whole[..4], 0, 0, 0, 100, 0, 0, 0, 10, 0, 0, 0, 10, .. TinyProblem.Noise(157).Pixels[..10_000]]);

        Assert.Throws<BadInputException>(() => Read(packed[..(packed.Length / 2)]));
    }

    [Fact]
    public void Bytes_after_the_last_value_are_noticed() => Assert.Contains("goes on after", Refusal([.. Whole, 7]));

    [Theory]
    [InlineData(new byte[] { 0, 0, 8, 1, 0x7F, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0, 0, 8, 3, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF })]
    public void Lying_dimensions_are_refused_before_anything_is_allocated(byte[] header)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("more than the file can hold", Refusal(header));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_gzip_that_promises_more_than_an_array_can_hold_is_refused()
    {
        // 3 MB of noise do not pack, so a header may promise 1032 times as much: 2^31 values and more.
        var noise = new byte[3_000_000];
        new Random(1).NextBytes(noise);

        Assert.Contains("more than the file can hold", Refusal(Packed([0, 0, 8, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1, .. noise])));
    }

    [Fact]
    public void A_negative_dimension_is_refused() => Assert.Contains("negative", Refusal([0, 0, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF, 1]));

    [Theory]
    [InlineData(new byte[] { 0, 0, 9, 1, 0, 0, 0, 1, 5 })]
    [InlineData(new byte[] { 0, 0, 8, 0, 5 })]
    [InlineData(new byte[] { 0, 0, 8, 5, 5 })]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47 })]
    public void What_is_not_idx_of_bytes_is_refused(byte[] bytes) => Assert.Contains("does not start like an IDX file", Refusal(bytes));

    [Fact]
    public void A_gzip_of_rubbish_is_refused() => Assert.Throws<BadInputException>(() => Read([0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));

    private static IdxArray Read(byte[] bytes) => Idx.Read(new MemoryStream(bytes), "digits");

    private static string Refusal(byte[] bytes) => Assert.Throws<BadInputException>(() => Read(bytes)).Message;

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
