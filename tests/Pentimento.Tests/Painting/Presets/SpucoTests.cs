using Pentimento.Painting.Presets;

namespace Pentimento.Tests.Painting.Presets;

public sealed class SpucoTests
{
    // matplotlib's hsv at 0, .2, .4, .6, .8, in bytes.
    private static readonly byte[][] Published = [[255, 0, 0], [209, 255, 0], [0, 255, 92], [0, 116, 255], [185, 0, 255]];

    [Fact]
    public void Validation_is_the_list_of_digits_that_the_authors_publish()
    {
        PresetSet[] sets = [.. ArtifactPictures.Paint(new Spuco())];
        var held = SpucoValidation.Places(ArtifactPictures.Train, new(0));

        Assert.Equal([("train", 48_004), ("val", 11_996), ("test", 10_000)], sets.Select(set => (set.Name, set.Images.Count)));
        // The ends of the list of 11,996 places that SpuCo ships.
        Assert.Equal([16364, 10770, 10811, 1834, 15819, 21782, 17138, 11260, 14689, 8126], held[..10]);
        Assert.Equal([44875, 12988, 49377, 14665, 29831, 12648, 51307, 14968, 46998, 55405, 26660], held[^11..]);
        Assert.Equal(11_996, held.Distinct().Count());
        Assert.Equal(held.Select(place => ArtifactPictures.Train.Labels[place] / 2), sets[1].Images.Labels);
        // What is left is learnt from in the file's order.
        Assert.Equal(ArtifactPictures.Train.Labels.Where((_, place) => !held.Contains(place)).Select(digit => digit / 2), sets[0].Images.Labels);
        Assert.Equal(Easel.Test.Labels.Select(digit => digit / 2), sets[2].Images.Labels);
        Assert.All(sets, set => Assert.Empty(set.Images.Attributes));
    }

    [Fact]
    public void A_fifth_of_each_of_other_digits_is_held_out()
    {
        PresetSet[] sets = [.. ArtifactPictures.Sketch(new Spuco())];

        Assert.Equal(
            Enumerable
                .Range(0, 5)
                .Select(label => Easel.Test.Labels.Where(digit => digit / 2 == label).CountBy(digit => digit).Sum(pair => pair.Value / 5)),
            Enumerable.Range(0, 5).Select(label => sets[1].Images.Labels.Count(own => own == label)));
        Assert.NotEqual(SpucoValidation.Places(Easel.Test, new(0)), SpucoValidation.Places(Easel.Test, new(1)));
    }

    [Fact]
    public void The_training_set_has_exactly_its_share_and_the_rest_is_even()
    {
        var set = ArtifactPictures.Paint(new Spuco(Correlation: 0.9)).First();
        var table = ArtifactPictures.Table(set.Images.Labels, set.Images.Colors);
        foreach (var (label, count) in set.Images.Labels.CountBy(label => label))
        {
            Assert.Equal((int)(0.9 * count), table[(label, label)]);
            foreach (var color in Enumerable.Range(0, 5).Where(color => color != label))
                Easel.AssertShare(0.25, table[(label, color)], count - (int)(0.9 * count), errors: 4);
        }
    }

    [Fact]
    public void Validation_and_test_give_each_class_every_colour_equally_often()
    {
        foreach (var set in ArtifactPictures.Sketch(new Spuco()).Skip(1))
        {
            var table = ArtifactPictures.Table(set.Images.Labels, set.Images.Colors);
            foreach (var (label, count) in set.Images.Labels.CountBy(label => label))
                Assert.All(Enumerable.Range(0, 5), color => Assert.InRange(table[(label, color)], count / 5, (count / 5) + 1));
        }
    }

    [Theory]
    [InlineData(nameof(SpucoDifficulty.MagnitudeLarge), 28, 784)]
    [InlineData(nameof(SpucoDifficulty.MagnitudeMedium), 4, 16)]
    [InlineData(nameof(SpucoDifficulty.MagnitudeSmall), 2, 4)]
    [InlineData(nameof(SpucoDifficulty.VarianceLow), 7, 49)]
    [InlineData(nameof(SpucoDifficulty.VarianceMedium), 14, 49)]
    [InlineData(nameof(SpucoDifficulty.VarianceHigh), 28, 49)]
    public void Only_the_patch_is_coloured_and_never_the_digit(string name, int side, int points)
    {
        var difficulty = Enum.Parse<SpucoDifficulty>(name);
        // The test set is in the digits' own order.
        var images = ArtifactPictures.Sketch(new Spuco(Difficulty: difficulty)).Last().Images;
        var patches = new HashSet<string>();
        for (var index = 0; index < images.Count; index++)
        {
            var (grey, pixels, colored) = (ArtifactPictures.Few.Of(index).ToArray(), images.PixelsOf(index).ToArray(), new List<int>());
            for (var pixel = 0; pixel < 784; pixel++)
            {
                byte[] here = pixels[(3 * pixel)..((3 * pixel) + 3)];
                if (grey[pixel] > 0) Assert.Equal([grey[pixel], grey[pixel], grey[pixel]], here);
                else if (here.Any(value => value > 0)) colored.Add(pixel);
            }

            Assert.All(colored, pixel => Assert.Equal(Published[images.Colors[index]], pixels[(3 * pixel)..((3 * pixel) + 3)]));
            Assert.All(colored, pixel => Assert.True(pixel / 28 < side && pixel % 28 < side));
            var covered = grey.Where((light, pixel) => light > 0 && pixel / 28 < side && pixel % 28 < side).Count();
            Assert.InRange(colored.Count, points - covered, points);
            patches.Add(string.Join(",", colored));
        }

        if (difficulty is SpucoDifficulty.VarianceMedium or SpucoDifficulty.VarianceHigh) Assert.Equal(images.Count, patches.Count);
        if (difficulty is SpucoDifficulty.MagnitudeSmall) Assert.Single(patches);
    }

    [Fact]
    public void Label_noise_gives_an_exact_share_another_class_and_keeps_the_truth()
    {
        PresetSet[] sets = [.. ArtifactPictures.Sketch(new Spuco(LabelNoise: 0.2))];
        var (labels, truths) = (sets[0].Images.Labels, sets[0].Images.Attributes["true_labels"]);
        var wrong = labels.Zip(truths).Where(pair => pair.First != pair.Second).ToList();

        Assert.Equal((int)(0.2 * labels.Length), wrong.Count);
        // The others are equally likely, and the colour follows the truth.
        foreach (var shift in Enumerable.Range(1, 4))
            Easel.AssertShare(0.25, wrong.Count(pair => (pair.First - pair.Second + 5) % 5 == shift), wrong.Count, errors: 4);
        Assert.InRange(ArtifactPictures.Agreeing(truths, sets[0].Images.Colors) / (double)labels.Length, 0.994, 0.995);
        Assert.All(sets[1..], set => Assert.Empty(set.Images.Attributes));
    }

    [Fact]
    public void Feature_noise_takes_pixels_from_the_digits_of_training()
    {
        var whole = ArtifactPictures.Sketch(new Spuco(Difficulty: SpucoDifficulty.MagnitudeSmall)).First().Images;
        var noisy = ArtifactPictures.Sketch(new Spuco(Difficulty: SpucoDifficulty.MagnitudeSmall, FeatureNoise: 0.3)).First().Images;
        var (changed, before, after) = (0, 0, 0);
        for (var index = 0; index < whole.Count; index++)
        {
            if (whole.PixelsOf(index).SequenceEqual(noisy.PixelsOf(index))) continue;
            changed++;
            before += ForegroundPixels(whole.PixelsOf(index));
            after += ForegroundPixels(noisy.PixelsOf(index));
        }

        Assert.Equal((int)(0.3 * whole.Count), changed);
        // A standard normal exceeds 0.25 with probability 0.4013.
        Easel.AssertShare(0.4013, after, before);
    }

    [Fact]
    public void Digits_of_another_size_are_refused() =>
        Assert.Contains(
            "28x28",
            Assert
                .Throws<BadInputException>(() =>
                    new Spuco().Paint(new("small", new byte[4], [0], 2, 2), new("small", new byte[4], [0], 2, 2), new(0), RunContext.OnCpu()))
                .Message);

    private static int ForegroundPixels(ReadOnlySpan<byte> image)
    {
        var count = 0;
        // Patch pixels, at most four in the corner, have channels that differ.
        for (var at = 0; at < image.Length; at += 3) count += image[at] > 0 && image[at] == image[at + 1] && image[at] == image[at + 2] ? 1 : 0;
        return count;
    }
}
