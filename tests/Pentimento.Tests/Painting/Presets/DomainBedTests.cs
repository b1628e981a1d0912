using Pentimento.Data;
using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Painting.Presets;

public sealed class DomainBedTests
{
    [Fact]
    public void Every_third_of_all_70000_digits_goes_to_one_environment()
    {
        (string Name, double Flip, int Count)[] published = [("plus90", 0.1, 23_334), ("plus80", 0.2, 23_333), ("minus90", 0.9, 23_333)];
        var shapes = new List<string>();
        foreach (var (set, expected) in ArtifactPictures.Paint(new DomainBed()).Zip(published))
        {
            Assert.Equal((expected.Name, expected.Count, "28x28x3"), (set.Name, set.Images.Count, set.Images.Shape.ToString()));
            Easel.AssertShare(0.75, ArtifactPictures.Agreeing(set.Images.Attributes["true_labels"], set.Images.Labels), set.Images.Count);
            Easel.AssertShare(1 - expected.Flip, ArtifactPictures.Agreeing(set), set.Images.Count);
            // Colour 0 is red, 1 green, and blue is empty: 'Channel' is where the light is.
            Assert.All(Enumerable.Range(0, 500), index => Assert.Equal((int)set.Images.Colors[index], Channel(set.Images.PixelsOf(index))));
            var own = ArtifactPictures.Shapes(set.Images.Count, index => Grey(set.Images.PixelsOf(index)));
            // A seventh of all digits are MNIST's test digits, and they are in every environment.
            Easel.AssertShare(1 / 7.0, own.Intersect(TestShapes).Count(), set.Images.Count, errors: 4);
            shapes.AddRange(own);
        }

        var all = ArtifactPictures
            .Shapes(60_000, index => ArtifactPictures.Train.Of(index).ToArray())
            .Concat(TestShapes)
            .Order(StringComparer.Ordinal);
        Assert.Equal(all, shapes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_reversed_environment_is_a_test() =>
        Assert.Equal([Split.Train, Split.Train, Split.Test], ArtifactPictures.Sketch(new DomainBed()).Select(set => set.Split));

    private static string[] TestShapes { get; } = ArtifactPictures.Shapes(10_000, index => Easel.Test.Of(index).ToArray());

    private static int Channel(ReadOnlySpan<byte> image)
    {
        var light = new long[3];
        for (var at = 0; at < image.Length; at++) light[at % 3] += image[at];
        Assert.Equal(2, light.Count(channel => channel == 0));
        return Array.FindIndex(light, channel => channel > 0);
    }

    private static byte[] Grey(ReadOnlySpan<byte> image)
    {
        var grey = new byte[image.Length / 3];
        for (var pixel = 0; pixel < grey.Length; pixel++) grey[pixel] = Math.Max(image[3 * pixel], image[(3 * pixel) + 1]);
        return grey;
    }
}
