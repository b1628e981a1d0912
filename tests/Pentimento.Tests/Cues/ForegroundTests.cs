using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Painting.Objects;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>How objects are told from the ground.</summary>
public sealed class ForegroundTests
{
    [Fact]
    public void Where_the_border_is_busy_saliency_finds_what_its_colours_are_not()
    {
        using var scope = NewDisposeScope();
        // Stripes of black and white, and a red box that is no further from either than they are from each other.
        var stripes = (arange(28).remainder(4) < 2).to_type(float32).view(1, 1, 28).expand(3, 28, 28).clone();
        stripes.slice(1, 10, 18, 1).slice(2, 10, 18, 1).copy_(tensor(new float[] { 0.7f, 0.2f, 0.2f }).view(3, 1, 1));

        var intensity = Foreground.Intensity(stripes.unsqueeze(0))[0, 0];

        Assert.True(Foreground.IsBusy(stripes.unsqueeze(0)).item<bool>());
        Assert.True(intensity.slice(0, 10, 18, 1).slice(1, 10, 18, 1).min().item<float>() > 0.9);
        Assert.True(intensity.slice(0, 0, 10, 1).max().item<float>() < 0.1);
    }

    [Fact]
    public void On_one_colour_the_border_tells_and_saliency_is_not_asked()
    {
        using var scope = NewDisposeScope();

        Assert.False(Foreground.IsBusy(Figures.Random(4, 1)).any().item<bool>());
    }

    [Fact]
    public void What_was_laid_on_a_colour_and_not_mixed_with_it_is_of_the_object_alone()
    {
        // Greys on red, as SpuCo lays digits on colours: half a grey is no pink, and the ground does not shine through.
        using var scope = NewDisposeScope();
        var images = zeros(1, 3, 8, 8);
        images[0, 0] = 1;
        images[0, .., 3, 3] = 1;
        images[0, .., 3, 4] = 0.5;

        var intensity = Foreground.Intensity(images);

        Assert.Equal((1, 1, 0), (intensity[0, 0, 3, 3].item<float>(), intensity[0, 0, 3, 4].item<float>(), intensity[0, 0, 3, 5].item<float>()));
        // Pink is a mixture: half of it is ground.
        images[0, 0, 3, 4] = 1;
        Assert.Equal(0.5f, Foreground.Intensity(images)[0, 0, 3, 4].item<float>());
    }

    [Fact]
    public void What_a_frame_surrounds_is_not_laid_on_it()
    {
        // Black with a grey stroke inside a red frame of one pixel: most of the image stands out, and the stroke by less.
        using var scope = NewDisposeScope();
        var images = zeros(1, 3, 8, 8);
        images[0, 0] = 1;
        images[0, .., 1..7, 1..7] = 0;
        images[0, .., 3, 3] = 0.5;

        Assert.Equal((0.5f, 1), (Foreground.Intensity(images)[0, 0, 3, 3].item<float>(), Foreground.Intensity(images)[0, 0, 5, 5].item<float>()));
    }

    [Fact]
    public void On_photographs_it_finds_the_emoji_that_were_put_there()
    {
        // What is drawn on both grounds alike is the emoji: the painter knows.
        using var scope = NewDisposeScope();
        var painter = new ObjectPainter(ObjectAtlas.Read(), new(50), new(0));
        int[] places = [.. Enumerable.Range(0, 60)];
        var set = painter.Paint(Split.Test, places, GroundChoice.Own, 1, RunContext.OnCpu());
        var images = Pixels.Slice(set, 0, set.Count);

        var intensity = Foreground.Intensity(images);

        var areas = places.Select(at => AreaOf(intensity[at].flatten().data<float>().ToArray(), painter.Cover(Split.Test, at))).ToList();
        Assert.True(areas.Average() > 0.93, $"{areas.Average()}");
        Assert.True(Foreground.IsBusy(images).any().item<bool>());
    }

    /// <summary>The probability that a pixel of the object has the larger value of two.</summary>
    private static double AreaOf(float[] values, byte[] cover)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(at => values[at]).Select((at, rank) => (At: at, Rank: rank + 1.0)).ToList();
        var inside = order.Where(pair => cover[pair.At] > 127).ToList();
        var pairs = (double)inside.Count * (values.Length - inside.Count);
        return (inside.Sum(pair => pair.Rank) - (inside.Count * (inside.Count + 1) / 2.0)) / pairs;
    }
}
