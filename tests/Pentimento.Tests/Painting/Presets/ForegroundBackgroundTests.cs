using Pentimento.Data;
using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Painting.Presets;

public sealed class ForegroundBackgroundTests
{
    // The authors' second palette, of which a digit of foreground f has number f + 1.
    private static readonly byte[][] Paler =
    [
        [255, 50, 50],
        [50, 255, 50],
        [50, 50, 255],
        [225, 225, 50],
        [225, 50, 225],
        [50, 255, 255],
        [255, 128, 50],
        [255, 50, 128],
        [128, 50, 255],
        [50, 50, 50],
    ];

    private static readonly byte[][] Backgrounds =
    [
        [255, 0, 0],
        [0, 255, 0],
        [0, 0, 255],
        [225, 225, 0],
        [225, 0, 225],
        [0, 255, 255],
        [255, 128, 0],
        [255, 0, 128],
        [128, 0, 255],
        [128, 128, 128],
    ];

    [Fact]
    public void Both_colours_have_their_share_and_are_drawn_independently()
    {
        var set = ArtifactPictures.Sketch(new ForegroundBackground(Foreground: 0.8, Background: 0.6)).First();
        var sizes = set.Images.Labels.CountBy(label => label).Select(pair => pair.Value).ToList();
        var foregrounds = set.Images.Attributes["foregrounds"];

        Assert.Equal(sizes.Sum(count => (int)(count * 0.6)), ArtifactPictures.Agreeing(set));
        Assert.Equal(sizes.Sum(count => (int)(count * 0.8)), ArtifactPictures.Agreeing(set.Images.Labels, foregrounds));
        Easel.AssertShare(
            0.48,
            Enumerable
                .Range(0, set.Images.Count)
                .Count(at => set.Images.Labels[at] == set.Images.Colors[at] && set.Images.Labels[at] == foregrounds[at]),
            set.Images.Count);
    }

    [Fact]
    public void A_pixel_is_the_foreground_of_the_shifted_palette_or_the_background()
    {
        var set = ArtifactPictures.Sketch(new ForegroundBackground()).First();
        for (var index = 0; index < set.Images.Count; index++)
        {
            var (front, back) = (Paler[(set.Images.Attributes["foregrounds"][index] + 1) % 10], Backgrounds[set.Images.Colors[index]]);
            var pixels = set.Images.PixelsOf(index);
            for (var at = 0; at < pixels.Length; at += 3)
                Assert.True(pixels.Slice(at, 3).SequenceEqual(front) || pixels.Slice(at, 3).SequenceEqual(back));
            // MNIST leaves the corner empty.
            Assert.True(pixels[..3].SequenceEqual(back));
        }
    }

    [Fact]
    public void Validation_repaints_a_tenth_of_the_training_digits_without_bias()
    {
        PresetSet[] sets = [.. ArtifactPictures.Sketch(new ForegroundBackground())];

        Assert.Equal(
            [("train", Split.Train, 10_000), ("valid", Split.Test, 1000), ("test", Split.Test, 2000)],
            sets.Select(set => (set.Name, set.Split, set.Images.Count)));
        Assert.Empty(Shapes(sets[1]).Except(Shapes(sets[0])));
        foreach (var set in sets[1..])
        {
            Easel.AssertShare(0.1, ArtifactPictures.Agreeing(set), set.Images.Count);
            Easel.AssertShare(0.1, ArtifactPictures.Agreeing(set.Images.Labels, set.Images.Attributes["foregrounds"]), set.Images.Count);
        }
    }

    private static string[] Shapes(PresetSet set) => ArtifactPictures.Shapes(set.Images.Count, index =>
        {
            var back = Backgrounds[set.Images.Colors[index]];
            return
            [
                (byte)set.Images.Labels[index],
                .. set.Images.PixelsOf(index).ToArray().Chunk(3).Select(pixel => (byte)(pixel.SequenceEqual(back) ? 0 : 1)),
            ];
        });
}
