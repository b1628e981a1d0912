using Pentimento.Networks;

namespace Pentimento.Tests.Networks;

/// <summary>Files of class names.</summary>
public sealed class ClassNamesTests
{
    [Theory]
    [InlineData("cat\ndog, small\n\nsea lion\r\n")]
    [InlineData("""["cat", "dog, small", "sea lion"]""")]
    [InlineData("{0: 'cat', 1: 'dog, small', 2: 'sea lion'}")]
    public void Lines_lists_and_dictionaries_are_read(string text)
    {
        using var scratch = new Scratch();

        Assert.Equal(["cat", "dog, small", "sea lion"], ClassNames.Read(scratch.Write("names.txt", text)));
    }

    [Theory]
    [InlineData("", "names no classes")]
    [InlineData("[1, 2]", "names no classes")]
    [InlineData("a\nb\na", "names the class 'a' twice")]
    public void What_names_no_classes_is_refused(string text, string part)
    {
        using var scratch = new Scratch();
        var file = scratch.Write("names.txt", text);

        Assert.Contains(part, Assert.Throws<BadInputException>(() => ClassNames.Read(file)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no file", Assert.Throws<BadInputException>(() => ClassNames.Read("nowhere.txt")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_names_as_classes_are_needed()
    {
        using var network = TinyProblem.Network();

        var refusal = Assert.Throws<BadInputException>(() => network.Named(["a", "b"], "names.txt"));

        Assert.Equal("names.txt names 2 classes; the network answers with 3.", refusal.Message);
    }
}
