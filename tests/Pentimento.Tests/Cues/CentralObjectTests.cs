using Pentimento.Cues;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>What of an image is the object in its middle, and what lies beside it.</summary>
public sealed class CentralObjectTests
{
    private static readonly float[] White = [1, 1, 1];
    private static readonly float[] Black = [0, 0, 0];

    [Theory]
    [InlineData(28)]
    [InlineData(112)]
    public void What_hangs_together_with_the_middle_is_the_object_and_a_tag_in_a_corner_is_not(int side)
    {
        using var scope = NewDisposeScope();
        var unit = side / 28;
        var images = Sleeve(side);
        // Another tag above the middle, which it does not touch.
        images.slice(1, 0, 2 * unit, 1).slice(2, 16 * unit, 18 * unit, 1).fill_(1);

        var found = CentralObject.Of(images.unsqueeze(0))[0, 0];

        Assert.Equal([side, side], found.shape);
        // The arm reaches from the middle into the top left corner; the tag lies in the bottom right one.
        Assert.Equal(1, found[unit, unit].item<float>());
        Assert.Equal(1, found[14 * unit, 14 * unit].item<float>());
        Assert.Equal(0, found[26 * unit, 26 * unit].item<float>());
        Assert.Equal(0, found[unit, 17 * unit].item<float>());
        Assert.Equal(0, found[2 * unit, 20 * unit].item<float>());
    }

    [Fact]
    public void Where_the_border_is_busy_nothing_is_told_apart()
    {
        using var scope = NewDisposeScope();
        var stripes = (arange(28).remainder(4) < 2).to_type(float32).view(1, 1, 28).expand(3, 28, 28);

        Assert.Equal(0, CentralObject.Of(stripes.unsqueeze(0)).sum().item<float>());
    }

    [Theory]
    [InlineData(28)]
    [InlineData(112)]
    public void A_tag_that_was_laid_over_the_object_is_none_of_it_and_a_small_print_is(int side)
    {
        using var scope = NewDisposeScope();
        var unit = side / 28;
        var image = Shirt(side);
        var tagged = image.clone();
        tagged[1].slice(0, 0, 4 * unit, 1).slice(1, 24 * unit, side, 1).fill_(1);
        tagged.slice(1, 6 * unit, 7 * unit, 1).slice(2, 22 * unit, 24 * unit, 1).fill_(1);

        var found = CentralObject.Of(stack([image, tagged])).select(1, 0);

        float At(int which, double row, double column) => found[which, (int)(row * unit), (int)(column * unit)].item<float>();
        // The tag, the sleeve below it, the print, and the ground.
        Assert.Equal([1, 1, 1, 0], [At(0, 2, 26), At(0, 6, 26), At(0, 6.5, 23), At(0, 12, 24)]);
        Assert.Equal([0, 1, 1, 0], [At(1, 2, 26), At(1, 6, 26), At(1, 6.5, 23), At(1, 12, 24)]);
    }

    [Theory]
    [InlineData("cell:grid=4,row=0,column=3")]
    [InlineData("border:width=3")]
    public void A_tag_is_laid_over_an_object_and_taken_from_one(string cue)
    {
        using var scope = NewDisposeScope();
        var plain = Shirt(28);
        var tagged = plain.clone();
        tagged[1].slice(0, 0, 3, 1).slice(1, 25, 28, 1).fill_(1);

        Assert.True(Swapped(cue, plain, tagged).allclose(tagged, 1e-4, 1e-4));
        var taken = Swapped(cue, tagged, plain);
        Assert.True(taken[1].slice(0, 0, 3, 1).slice(1, 25, 28, 1).max().item<float>() < 0.5);
    }

    [Theory]
    [InlineData("cell:grid=4,row=0,column=0")]
    [InlineData("border:width=3")]
    public void An_object_that_reaches_into_a_corner_or_the_frame_stays_what_it_is(string cue)
    {
        using var scope = NewDisposeScope();
        var (plain, reaching) = (Figures.Box(10, 10, 8, 8, White, Black), Sleeve(28));

        // Neither gets a plain image an arm, nor loses the other its own.
        Assert.True(Swapped(cue, plain, reaching).slice(1, 0, 14, 1).allclose(plain.slice(1, 0, 14, 1)));
        Assert.True(Swapped(cue, reaching, plain).slice(1, 0, 14, 1).allclose(reaching.slice(1, 0, 14, 1)));
        using var numbers = ((Cue)cue).Read(stack([plain, Arm(28)]));
        Assert.True(numbers[0].allclose(numbers[1]));
    }

    [Theory]
    [InlineData("cell:grid=4,row=3,column=3")]
    [InlineData("border:width=3")]
    public void A_tag_beside_it_is_exchanged(string cue)
    {
        using var scope = NewDisposeScope();
        var (plain, tagged) = (Figures.Box(10, 10, 8, 8, White, Black), Sleeve(28));

        Assert.Equal(1, Swapped(cue, plain, tagged)[0, 26, 26].item<float>());
        Assert.Equal(0, Swapped(cue, tagged, plain)[0, 26, 26].item<float>());
    }

    [Fact]
    public void A_dark_part_of_the_object_is_none_of_the_ground()
    {
        using var scope = NewDisposeScope();
        var plain = Figures.Box(10, 10, 8, 8, White, Black);
        var donor = plain.clone();
        // Stands out a tenth as much as the rest, and hangs together with it.
        donor.slice(1, 18, 24, 1).slice(2, 10, 18, 1).fill_(0.1f);

        Assert.True(Swapped("background", plain, donor).allclose(plain, 1e-4, 1e-4));
        using var numbers = new Background().Read(stack([plain, donor]));
        Assert.True(numbers[0].allclose(numbers[1], 1e-3, 1e-3));
    }

    private static Tensor Swapped(Cue cue, Tensor image, Tensor donor) => cue.Swap(image.unsqueeze(0), donor.unsqueeze(0))[0];

    /// <summary>A box in the middle with an arm to the top left corner, and a tag in the bottom right one, float32 (3, side, side).</summary>
    private static Tensor Sleeve(int side)
    {
        var image = Arm(side);
        var unit = side / 28;
        image.slice(1, 25 * unit, side, 1).slice(2, 25 * unit, side, 1).fill_(1);
        return image;
    }

    /// <summary>A shaded box in the middle with a sleeve to the top right corner, float32 (3, side, side).</summary>
    private static Tensor Shirt(int side)
    {
        var unit = side / 28;
        var image = zeros(3, side, side);
        var shades = linspace(0.3, 0.5, 20 * unit).view(1, -1, 1);
        image.slice(1, 0, 20 * unit, 1).slice(2, 12 * unit, 20 * unit, 1).copy_(shades.expand(3, 20 * unit, 8 * unit));
        image.slice(1, 0, 8 * unit, 1).slice(2, 20 * unit, side, 1).copy_(shades.slice(1, 0, 8 * unit, 1).expand(3, 8 * unit, 8 * unit));
        return image;
    }

    private static Tensor Arm(int side)
    {
        var unit = side / 28;
        var image = zeros(3, side, side);
        image.slice(1, 10 * unit, 18 * unit, 1).slice(2, 10 * unit, 18 * unit, 1).fill_(1);
        for (var at = 0; at < 10 * unit; at++) image.slice(1, at, at + 1, 1).slice(2, at, at + (2 * unit), 1).fill_(1);
        return image;
    }
}
