using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>The cue that docs/discovery.md adds.</summary>
public sealed class OwnCueTests
{
    [Fact]
    public void The_manual_shows_it_as_it_stands_here()
    {
        var code = File.ReadAllText(Repository.At("tests/Pentimento.Tests/Cues/Balance.cs"));

        var declared = code[code.IndexOf("/// <summary>", StringComparison.Ordinal)..];
        Assert.Contains(declared, File.ReadAllText(Repository.At("docs/discovery.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void It_swaps_what_it_reads()
    {
        using var scope = NewDisposeScope();
        var (images, donors) = ((Figures.Random(3, 1) / 4) + 0.3f, (Figures.Random(3, 2) / 4) + 0.3f);

        var swapped = new Balance().Swap(images, donors);

        Assert.True(new Balance().Read(swapped).allclose(new Balance().Read(donors), 0.1, 0.01));
        Assert.True(new Balance().Swap(images, images).allclose(images, 1e-4, 1e-5));
    }
}
