namespace Pentimento.Tests.Foundation;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(" kept", "\" kept\"")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+1,2", "\"'+1,2\"")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("+3e-4", "+3e-4")]
    [InlineData("a\u001b[31mred\a", "a\ufffd[31mred\ufffd")]
    [InlineData("\u001b=1+1", "\ufffd=1+1")]
    public void A_cell_neither_breaks_its_row_nor_is_computed(string text, string cell) => Assert.Equal(cell, Csv.Cell(text));

    [Fact]
    public void Rows_end_as_the_standard_says() => Assert.Equal("a,b\r\n1,2\r\n", Csv.Text([["a", "b"], ["1", "2"]]));
}
