namespace Pentimento.Tests.Foundation;

public sealed class ByteCountTests
{
    [Theory]
    [InlineData("8G", 8L << 30)]
    [InlineData("512m", 512L << 20)]
    [InlineData("1.5GB", 3L << 29)]
    [InlineData("2GiB", 2L << 30)]
    [InlineData("1048576", 1L << 20)]
    public void Amounts_are_read_as_people_write_them(string text, long bytes) => Assert.Equal(bytes, ByteCount.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("8X")]
    [InlineData("-8G")]
    [InlineData("1K")]
    [InlineData("1e9G")]
    [InlineData("99999999999T")]
    public void Other_texts_are_refused(string text) =>
        Assert.Contains("is not an amount of memory", Assert.Throws<BadInputException>(() => ByteCount.Parse(text)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(1L << 30, "1 GB")]
    [InlineData(3L << 29, "1.5 GB")]
    [InlineData(512L << 20, "512 MB")]
    [InlineData(1024, "1 KB")]
    [InlineData(1L << 50, "1024 TB")]
    public void It_is_written_in_the_largest_unit_that_fits(long bytes, string text) => Assert.Equal(text, ByteCount.Write(bytes));
}
