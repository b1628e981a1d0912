using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

/// <summary>A set's name with how it is painted.</summary>
public sealed class PaintedNameTests
{
    [Theory]
    [InlineData("rg_95z", "rg_95z")]
    [InlineData("RG95z", "rg_95z")]
    [InlineData("gr_99.5h:cue=background:seed=3", "gr_99.5h:cue=background:seed=3")]
    [InlineData(@"bw_100z:source=C:\a,b\c.npz:cue=stroke", @"bw_100z:source=C:\a,b\c.npz")]
    [InlineData("un_0z:palette=mine.yaml:cue=both:seed=0", "un_0z:cue=both:palette=mine.yaml")]
    public void It_says_what_is_unusual_and_nothing_else(string text, string expected)
    {
        var name = PaintedName.Parse(text);

        Assert.Equal(expected, $"{name}");
        Assert.Equal(name, PaintedName.Parse(expected));
    }

    [Theory]
    [InlineData("rg_95z:cue=ground", "expected one of stroke, bac")]
    [InlineData("rg_95z:colour=red", "colour")]
    [InlineData("rg_95z:tset", "should read name=value")]
    public void What_it_cannot_mean_is_refused(string text, string part) =>
        Assert.Contains(part, Assert.Throws<BadInputException>(() => PaintedName.Parse(text)).Message);

    [Fact]
    public void Whatever_decides_the_bytes_decides_the_hash()
    {
        using var scratch = new Scratch();
        scratch.Write("digits.npz", "one");
        PaintSettings[] all =
        [
            new(), new() { Seed = 1 }, new() { Cue = ColorPlacement.Both }, new() { Source = scratch.At("digits.npz") },
            new() { Palette = scratch.Write("colors.yaml", Colors) },
        ];
        string[] Hashes() => [.. all.Select(one => one.Hash(CancellationToken.None))];
        var before = Hashes();
        scratch.Write("digits.npz", "another");

        Assert.Equal(5, before.Distinct().Count());
        Assert.Equal([true, true, true, false, true], before.Zip(Hashes(), string.Equals));
    }

    private static string Colors => string.Join('\n', Enumerable.Range(0, 10).Select(at => $"c{at}: [{at}, 100, 200]"));
}
