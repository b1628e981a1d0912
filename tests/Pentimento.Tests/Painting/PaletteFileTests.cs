using System.Text;
using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

public sealed class PaletteFileTests
{
    private const string Nine =
        "b: [1, 0, 0]\nc: [2, 0, 0]\nd: [3, 0, 0]\ne: [4, 0, 0]\nf: [5, 0, 0]\ng: [6, 0, 0]\nh: [7, 0, 0]\ni: [8, 0, 0]\nj: [9, 0, 0]\n";

    [Fact]
    public void Ten_names_in_order_are_the_digits_colours()
    {
        var palette = Read("crimson: \"#DC143C\"\n" + Nine);

        Assert.Equal(new Rgb("crimson", 0xDC, 0x14, 0x3C), palette[0]);
        Assert.Equal(new Rgb("j", 9, 0, 0), palette[9]);
    }

    [Theory]
    [InlineData("", "ten colors by name")]
    [InlineData("a: red\n", "a should be \"#RRGGBB\"")]
    [InlineData("a: [1, 2]\n", "three numbers from 0 to 255")]
    [InlineData("a: [1, 2, 256]\n", "three numbers from 0 to 255")]
    [InlineData("a: \"#GGGGGG\"\n", "a should be \"#RRGGBB\"")]
    [InlineData("a: [9, 0, 0]\n", "a and j are the same color")]
    [InlineData("b: [1, 1, 1]\n", "'b' is given twice")]
    public void Anything_else_is_refused_in_a_sentence(string first, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => Read(first + Nine)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a: [1, 2\n", "palette.yaml, line ", "the '[' of line 1 is not closed before")]
    [InlineData("a: {red: 1}\n", "palette.yaml, line 1: a should be", "got {\"red\":\"1\"}")]
    [InlineData("a: [[1], 2, 3]\n", "palette.yaml, line 1: a should be", "three numbers")]
    [InlineData("b: [1, 1, 1]\n", "palette.yaml, line 2: 'b' is given twice", "twice")]
    public void A_slip_is_answered_with_the_file_the_line_and_the_name(string first, string place, string part)
    {
        var message = Assert.Throws<BadInputException>(() => Read(first + Nine)).Message;

        Assert.Contains(place, message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    private static Palette Read(string text)
    {
        using var scratch = new Scratch();
        return PaletteFile.Read(scratch.Write("palette.yaml", Encoding.UTF8.GetBytes(text)));
    }
}
