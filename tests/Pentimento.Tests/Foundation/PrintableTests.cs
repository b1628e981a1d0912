namespace Pentimento.Tests.Foundation;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain ünïcode 数", "plain ünïcode 数")]
    [InlineData("\u001b[2Jgone", "\uFFFD[2Jgone")]
    [InlineData("a\u202Egnp.exe", "a\uFFFDgnp.exe")]
    [InlineData("a\r\nb\u0000", "a\uFFFD\uFFFDb\uFFFD")]
    public void What_a_terminal_would_obey_is_replaced(string text, string shown) => Assert.Equal(shown, Printable.Of(text));

    [Fact]
    public void A_message_that_quotes_a_file_reaches_no_terminal_with_its_escapes()
    {
        var message = new BadInputException("In 'x\u001b]0;title\u0007', line 1\nand 2").Message;

        Assert.Equal("In 'x\uFFFD]0;title\uFFFD', line 1\nand 2", message);
        Assert.InRange(new BadInputException(new string('x', 1_000_000)).Message.Length, 1000, 10_000);
    }

    [Fact]
    public void Long_texts_are_cut() => Assert.Equal("abc...", Printable.Short("abcdef", 3));
}
