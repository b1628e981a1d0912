using Pentimento.Cues;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>Images whose red or blue was moved.</summary>
public sealed class ChromaticAberrationTests
{
    private static readonly Cue Cue = "chromatic-aberration";

    [Theory]
    [InlineData(2, -1)]
    [InlineData(0, 0)]
    [InlineData(-1, 2)]
    public void It_reads_by_how_many_pixels_red_and_blue_lie_beside_green(int right, int down)
    {
        using var scope = NewDisposeScope();
        var images = Moved(Grey(5), 0, right, down);

        var read = Cue.Read(images) * (28f / 9);

        // Of 28 pixels three are looked at on every side.
        Assert.True(read.allclose(tensor([right, down, 0f, 0f]).expand_as(read), 0, 0.05), read.ToString(TorchSharp.TensorStringStyle.Numpy));
    }

    [Fact]
    public void Half_a_pixel_is_seen_between_two()
    {
        using var scope = NewDisposeScope();
        var images = (Grey(5) + Moved(Grey(5), 0, 1, 0)) / 2;

        Assert.True((Cue.Read(images) * (28f / 9)).allclose(tensor([0.5f, 0, 0, 0]).expand(5, 4), 0, 0.15));
    }

    [Fact]
    public void An_image_gets_the_shift_of_its_donor_and_green_stays()
    {
        using var scope = NewDisposeScope();
        var grey = Grey(5);
        var images = Moved(Moved(grey, 0, 1, 1), 2, -1, 0);

        var swapped = Cue.Swap(images, Moved(grey.flip(0), 0, -2, 0));

        // What a shift brings in from beyond the border is ground.
        var wanted = Moved(grey, 0, -2, 0);
        Assert.True(swapped.allclose(wanted, 0, 0.05), $"{(swapped - wanted).abs().max().item<float>()}");
        Assert.Equal(0, (swapped - images).select(1, 1).abs().max().item<float>());
    }

    [Fact]
    public void Colours_alone_are_no_shift()
    {
        using var scope = NewDisposeScope();
        var tinted = Grey(8) * tensor([1f, 0.5f, 0.3f]).view(1, 3, 1, 1);

        Assert.Equal(0, Cue.Read(tinted).abs().max().item<float>(), 0.02f);
        Assert.Equal(0, Cue.Read(full([2, 3, 28, 28], 0.4f)).abs().max().item<float>());
    }

    [Fact]
    public void Grey_images_have_none()
    {
        using var scope = NewDisposeScope();
        var (grey, other) = (Grey(2).slice(1, 0, 1, 1), Grey(2).flip(0).slice(1, 0, 1, 1));

        Assert.Equal(0, (Cue.Swap(grey, other) - grey).abs().max().item<float>());
        Assert.Equal(0, Cue.Read(grey).abs().max().item<float>());
        Assert.False(Cue.Fits(new ImageShape(28, 28, 1)));
    }

    /// <summary>Boxes of grey on black, float32 (N, 3, 28, 28).</summary>
    private static Tensor Grey(int count) => stack([.. Enumerable.Range(0, count).Select(at =>
        Figures.Box(8 + (at % 3), 7 + at, 7 + (at % 4), 6 + (at % 5), [0.8f, 0.8f, 0.8f], [0, 0, 0]))]);

    private static Tensor Moved(Tensor images, int channel, int right, int down)
    {
        var moved = images.clone();
        moved.select(1, channel).copy_(images.select(1, channel).roll([down, right], [1, 2]));
        return moved;
    }
}
