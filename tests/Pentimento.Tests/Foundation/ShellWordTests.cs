namespace Pentimento.Tests.Foundation;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("photos/a-b.onnx", "photos/a-b.onnx")]
    [InlineData("", "''")]
    [InlineData("my photos", "'my photos'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(rm)", "'$(rm)'")]
    [InlineData("größe", "'größe'")]
    public void A_word_reaches_a_program_as_it_is(string word, string quoted) => Assert.Equal(quoted, ShellWord.Quoted(word));
}
