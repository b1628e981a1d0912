using Pentimento.Operations;

namespace Pentimento.Tests.Operations;

public sealed class NetworkRefTests
{
    [Theory]
    [InlineData("a.safetensors", "a", "a.safetensors")]
    [InlineData("lazy=a.safetensors", "lazy", "a.safetensors")]
    [InlineData("lazy=runs/seed=1/a.npz", "lazy", "runs/seed=1/a.npz")]
    [InlineData("runs/seed=1/a.npz", "a", "runs/seed=1/a.npz")]
    [InlineData("./a=b.npz", "a=b", "./a=b.npz")]
    public void A_name_may_stand_before_the_file(string text, string name, string file)
    {
        NetworkRef reference = text;

        Assert.Equal((name, file), (reference.Name, reference.File));
        Assert.Equal(text, $"{reference}");
        Assert.Equal(reference, NetworkRef.Parse($"{reference}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("lazy=")]
    public void No_file_is_no_network(string text) => Assert.Throws<BadInputException>(() => NetworkRef.Parse(text));
}
