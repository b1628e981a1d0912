using Pentimento.Data;
using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Painting.Presets;

public sealed class RebiasTests
{
    // As published, in the order of the classes.
    private static readonly byte[][] Published =
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
    public void Each_class_has_exactly_its_share_and_the_rest_in_equal_lots()
    {
        var set = ArtifactPictures.Paint(new Rebias(Rho: 0.99)).First();
        var table = ArtifactPictures.Table(set.Images.Labels, set.Images.Colors);

        Assert.Equal(60_000, set.Images.Count);
        for (long label = 0; label < 10; label++)
        {
            var count = set.Images.Labels.Count(own => own == label);
            var aligned = (int)(count * 0.99);
            Assert.Equal(aligned, table[(label, label)]);
            // Lots of ceil(rest / 9): the last colour takes what is left.
            var lot = (int)Math.Ceiling((count - aligned) / 9.0);
            var rest = Enumerable
                .Range(0, 10)
                .Where(color => color != label)
                .Select(color => table.GetValueOrDefault((label, color)))
                .OrderDescending()
                .ToList();
            Assert.Equal(Lots(count - aligned, lot), rest);
        }
    }

    [Fact]
    public void As_many_of_each_class_have_its_color_as_in_the_authors_code()
    {
        // What ColourBiasedMNIST counts with the correlation 0.999.
        var images = ArtifactPictures.Paint(new Rebias()).First().Images;

        Assert.Equal(
            [5917, 6735, 5952, 6124, 5836, 5415, 5912, 6258, 5845, 5943],
            Enumerable.Range(0, 10).Select(label => ArtifactPictures.Table(images.Labels, images.Colors)[(label, label)]));
    }

    [Theory]
    [InlineData(1, "biased", 1)]
    [InlineData(2, "rho0", 0)]
    [InlineData(3, "unbiased", 0.1)]
    public void The_tests_have_their_own_correlation(int at, string name, double rho)
    {
        var set = ArtifactPictures.Sketch(new Rebias()).ElementAt(at);

        Assert.Equal((name, Split.Test, 2000), (set.Name, set.Split, set.Images.Count));
        Assert.Equal(set.Images.Labels.CountBy(label => label).Sum(pair => (int)(pair.Value * rho)), ArtifactPictures.Agreeing(set));
    }

    [Fact]
    public void Whatever_is_not_0_becomes_white_and_the_rest_the_colour()
    {
        var images = ArtifactPictures.Sketch(new Rebias()).First().Images;
        for (var index = 0; index < images.Count; index++)
        {
            var pixels = images.PixelsOf(index);
            for (var at = 0; at < pixels.Length; at += 3)
            {
                var pixel = pixels.Slice(at, 3);
                Assert.True(pixel.IndexOfAnyExcept((byte)255) < 0 || pixel.SequenceEqual(Published[images.Colors[index]]));
            }
        }

        // The white shapes are the digits', each once, in another order.
        Assert.Equal(
            ArtifactPictures.Shapes(10_000, index => Mask(Easel.Test, index)),
            ArtifactPictures.Shapes(10_000, index => Mask(images, index)));
        Assert.NotEqual(Easel.Test.Labels, images.Labels);
    }

    [Fact]
    public void Fewer_confusing_colours_are_those_of_the_next_classes()
    {
        var set = ArtifactPictures.Sketch(new Rebias(Rho: 0.5, ConfusingLabels: 2)).First();

        Assert.Equal(
            Enumerable.Range(0, 10).SelectMany(label => new[] { (label, label), (label, (label + 1) % 10), (label, (label + 2) % 10) }).Order(),
            ArtifactPictures.Table(set.Images.Labels, set.Images.Colors).Keys.Select(pair => ((int)pair.Label, (int)pair.Color)).Order());
    }

    internal static IEnumerable<int> Lots(int rest, int lot) => Enumerable.Range(0, 9).Select(other => Math.Clamp(rest - (other * lot), 0, lot));

    private static byte[] Mask(Digits digits, int index) =>
        [(byte)digits.Labels[index], .. digits.Of(index).ToArray().Select(grey => (byte)(grey == 0 ? 0 : 1))];

    private static byte[] Mask(ImageSet images, int index) =>
        [(byte)images.Labels[index], .. images.PixelsOf(index).ToArray().Chunk(3).Select(pixel => (byte)(pixel.All(value => value == 255) ? 1 : 0))];
}
