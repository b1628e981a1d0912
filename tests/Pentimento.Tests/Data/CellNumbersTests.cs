using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class CellNumbersTests
{
    [Theory]
    [InlineData("0 1 2 10", "0 1 2 10", "")]
    [InlineData("0.0 1.0 10.0 2.0", "0 1 10 2", "")]
    [InlineData("cat dog ape cat", "1 2 0 1", "ape cat dog")]
    [InlineData("-1 1 -1", "0 1 0", "-1 1")]
    [InlineData("0.5 10 2", "0 2 1", "0.5 2 10")]
    [InlineData("1 2 x", "0 1 2", "1 2 x")]
    [InlineData("1e400 1", "1 0", "1 1e400")]
    public void Numbers_are_themselves_or_sorted_by_size_and_words_by_letters(string cells, string numbers, string names)
    {
        var read = CellNumbers.Of(cells.Split(' '));

        Assert.Equal(numbers.Split(' ').Select(long.Parse), read.Values);
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), read.Names);
    }

    [Fact]
    public void Blanks_around_a_cell_are_no_part_of_it()
    {
        Assert.Equal([1, 1, 1], CellNumbers.Of(["1", " 1", "1.0 "]).Values);
        Assert.Equal(["cat"], CellNumbers.Of(["cat", " cat"]).Names);
    }
}
