using Pentimento.Data;
using Pentimento.Painting;

namespace Pentimento.Tests.Painting;

/// <summary>Cues that are planted on pictures.</summary>
public sealed class PlantedCueTests
{
    public static TheoryData<string> Everyone => [.. Enum.GetNames<PlantedCue>()];

    [Theory, MemberData(nameof(Everyone))]
    public void Every_cue_shows_and_the_same_seed_paints_the_same(string name)
    {
        var plant = Enum.Parse<PlantedCue>(name);
        var pictures = Pictures(1, 10);
        ImageSet Planted() => new PlantedSplit(plant, 1, new(1)).Of(pictures, "test", RunContext.OnCpu());
        var (one, again) = (Planted(), Planted());

        Assert.Equal(one.PixelArray, again.PixelArray);
        // Ten pictures that are alike but for their label: the cue tells them apart.
        var looks = Enumerable.Range(0, 10).Select(at => Convert.ToHexString(one.PixelsOf(at))).Distinct().Count();
        // The faintest blur is lost in whole numbers.
        Assert.InRange(looks, plant switch { PlantedCue.OneClassPatch or PlantedCue.OneClassCamera => 2, PlantedCue.Blur => 9, _ => 10 },
            plant is PlantedCue.OneClassPatch or PlantedCue.OneClassCamera ? 2 : 10);
    }

    [Fact]
    public void The_rate_is_the_share_of_images_whose_cue_is_their_own()
    {
        var set = new PlantedSplit(PlantedCue.Frame, 0.9, new(1)).Of(Pictures(1, 1000), "test", RunContext.OnCpu());

        var own = set.Labels.Zip(set.Attributes["planted"]).Count(pair => pair.First + 1 == pair.Second);
        Assert.InRange(own, 870, 930);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_known_which_images_the_cue_misleads(bool patched)
    {
        var planted = new PlantedSplit(patched ? PlantedCue.OneClassPatch : PlantedCue.Frame, 0.9, new(1));
        var set = planted.Of(Pictures(1, 1000), "test", RunContext.OnCpu());

        var misleading = planted.Misleading(set);

        // Of one class in ten a tenth lacks the patch; class 3 has it.
        Assert.InRange(misleading.Count(one => one), patched ? 3 : 70, patched ? 20 : 130);
        Assert.All(
            Enumerable.Range(0, set.Count).Where(at => misleading[at]),
            at => Assert.True(patched
                ? set.Labels[at] == 3 && set.Attributes["planted"][at] == 0
                : set.Attributes["planted"][at] != set.Labels[at] + 1));
    }

    [Fact]
    public void Two_classes_get_looks_that_are_far_apart_also_on_photographs()
    {
        var set = new PlantedSplit(PlantedCue.Frame, 1, new(1)).Of(Pictures(3, 2), "test", RunContext.OnCpu());

        Assert.Equal(new ImageShape(14, 14, 3), set.Shape);
        Assert.Equal([20, 227], set.Labels.Index().Select(pair => (int)set.PixelsOf(pair.Index)[0]).Order());
        Assert.False(PlantedSplit.Fits(PlantedCue.Size, new(14, 14, 3)));
        Assert.True(PlantedSplit.Fits(PlantedCue.Size, new(14, 14, 1)));
    }

    [Fact]
    public void A_picture_is_moved_squeezed_towards_grey_and_covered_with_noise()
    {
        // A white pixel in the middle of black.
        var picture = new byte[25];
        picture[12] = 255;
        byte[] Red(Action<PlantedImage> paint)
        {
            var image = new PlantedImage(picture, new(5, 5, 1));
            paint(image);
            return [.. image.Pixels.Where((_, at) => at % 3 == 0)];
        }

        // A quarter of a turn from the right is down.
        Assert.Equal([17], Red(image => image.Move(0.25, 1)).Index().Where(pixel => pixel.Item == 255).Select(pixel => pixel.Index));
        Assert.Equal([64, 191], Red(image => image.Squeeze(0.5)).Distinct());
        var dice = new SplitMix64(new(1));
        Assert.Equal([40, 215], Red(image => image.Roughen(0, 40, ref dice)).Distinct());
        var rough = Red(image => image.Roughen(20, 40, ref dice));
        Assert.All(rough.Where((_, at) => at != 12), value => Assert.InRange(value, 20, 60));
        Assert.True(rough.Distinct().Count() > 10);
        // Of a Gaussian of 0.6 pixels, 44.1% is left where the light was, and next to it a quarter of that.
        var taken = Red(image => image.Retake(ref dice));
        Assert.InRange(taken[12], 12 + (243 * 0.43) - 6, 12 + (243 * 0.45) + 6);
        Assert.InRange(taken[11], 12 + (243 * 0.105) - 6, 12 + (243 * 0.115) + 6);
        Assert.InRange(taken[0], 6, 18);
    }

    [Fact]
    public void More_classes_than_looks_are_refused() => Assert.Contains(
        "has 11",
        Assert.Throws<BadInputException>(() => new PlantedSplit(PlantedCue.Frame, 1, new(1)).Of(Pictures(1, 11), "test", RunContext.OnCpu())).Message,
        StringComparison.Ordinal);

    /// <summary>A bright ring, the same in every picture.</summary>
    private static ImageSet Pictures(int channels, int count)
    {
        const int Side = 14;
        var pixels = new byte[count * Side * Side * channels];
        for (var at = 0; at < pixels.Length; at++)
        {
            var place = at / channels % (Side * Side);
            var distance = Math.Sqrt(Math.Pow((place / Side) - 6.0, 2) + Math.Pow((place % Side) - 7.0, 2) + (place % Side / 4.0));
            pixels[at] = distance is > 2 and < 4 ? (byte)(150 + (30 * (at % channels))) : (byte)0;
        }

        long[] labels = [.. Enumerable.Range(0, count).Select(at => (long)(count == 1000 ? at % 10 : at))];
        return new("pictures", pixels, labels, [], new(Side, Side, channels));
    }
}
