using Pentimento.Data;

namespace Pentimento.Tests.Data;

public sealed class AttributeFilterTests
{
    private static readonly ImageSet Birds = new("birds", [10, 11, 12, 13, 14], [0, 1, 0, 1, 1], [3, 3, 10, 4, 3], new(1, 1, 1))
    {
        Attributes = new Dictionary<string, long[]> { ["place"] = [0, 1, 1, 0, 2] },
        ClassNames = ["landbird", "waterbird"],
        ValueNames = new Dictionary<string, IReadOnlyList<string>> { ["place"] = ["land", "water", "open sea"] },
        Files = ["a.png", "b.png", "c.png", "d.png", "e.png"],
    };

    [Theory]
    [InlineData("birds[place=water]", new byte[] { 11, 12 })]
    [InlineData("birds[place=1]", new byte[] { 11, 12 })]
    [InlineData("birds[place=open sea]", new byte[] { 14 })]
    [InlineData("birds[place=land|water,label=waterbird]", new byte[] { 11, 13 })]
    [InlineData("birds[color=3]", new byte[] { 10, 11, 14 })]
    [InlineData("birds[colors=10|4, label=1]", new byte[] { 13 })]
    public void Images_are_selected_by_the_names_or_numbers_of_values(string text, byte[] left)
    {
        var (reference, filter) = AttributeFilter.Split(text);
        var some = filter.Of(Birds);

        Assert.Equal("birds", reference);
        Assert.Equal(left, some.Pixels.ToArray());
        Assert.Equal(left.Select(pixel => $"{(char)('a' + pixel - 10)}.png"), some.Files);
    }

    [Fact]
    public void Where_numbers_are_names_a_name_wins()
    {
        var years = new ImageSet("years", [0, 1], [0, 1], [], new(1, 1, 1))
        {
            Attributes = new Dictionary<string, long[]> { ["year"] = [0, 1] },
            ValueNames = new Dictionary<string, IReadOnlyList<string>> { ["year"] = ["1", "0"] },
        };

        Assert.Equal([0], AttributeFilter.Split("years[year=1]").Filter.Of(years).Pixels.ToArray());
    }

    [Theory]
    [InlineData("birds[place=sky]", "no image with place=sky")]
    [InlineData("birds[plaice=land]", "did you mean 'place'?")]
    [InlineData("birds[place=open sea,label=0]", "holds no image with [place=open sea,label=0]")]
    [InlineData("birds[place]", "expected conditions")]
    [InlineData("birds[]", "expected conditions")]
    public void What_cannot_be_selected_is_said(string text, string said) =>
        Assert.Contains(said, Assert.Throws<BadInputException>(() => AttributeFilter.Split(text).Filter.Of(Birds)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_whose_name_has_brackets_is_itself()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("a[b=c]"));

        Assert.Equal((scratch.At("a[b=c]"), AttributeFilter.None), AttributeFilter.Split(scratch.At("a[b=c]")));
    }
}
