using Pentimento.Cues;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>Squares of 3 x 3 pixels, bright with a dark middle or dark with a bright one, each at another place, on soft figures.</summary>
public sealed class StickerTests
{
    private const int Side = 24;
    private const int Square = 3;

    [Fact]
    public void The_donors_lies_where_the_own_one_was_and_nothing_else_has_changed()
    {
        using var scope = NewDisposeScope();
        var set = Set(Own);
        var cue = ((Cue)"sticker").FittedTo(set.Images);
        var (image, donor) = (At(set.Images, 0), At(set.Images, 1));

        var swapped = cue.Swap(image, donor);

        var (row, column) = set.Places[0];
        Assert.Equal(Look(1), Values(Part(swapped, row, column)));
        var elsewhere = ones_like(image);
        // The rim belongs to it.
        elsewhere.slice(2, Math.Max(0, row - 1), row + Square + 1, 1).slice(3, Math.Max(0, column - 1), column + Square + 1, 1).fill_(0);
        Assert.Equal(0, ((swapped - image) * elsewhere).abs().max().item<float>());
        Assert.Equal([1f, 0f], Values(cue.Read(image)));
        Assert.Equal([0f, 1f], Values(cue.Read(donor)));
    }

    [Fact]
    public void Of_one_class_alone_it_is_taken_off_and_filled_from_around_or_laid_where_the_donor_has_it()
    {
        using var scope = NewDisposeScope();
        var set = Set((label, dice) => label == 0 ? 0 : null);
        var cue = ((Cue)"sticker").FittedTo(set.Images);
        var (image, donor) = (At(set.Images, 0), At(set.Images, 1));

        var (row, column) = set.Places[0];
        var without = Part(cue.Swap(image, donor), row, column);
        var with = Part(cue.Swap(donor, image), row, column);

        Assert.True(without.max().item<float>() - without.min().item<float>() < 0.2, $"{without.max().item<float>() - without.min().item<float>()}");
        Assert.Equal(Look(0), Values(with));
        Assert.Equal((1f, 0f), (cue.Read(image).item<float>(), cue.Read(donor).item<float>()));
    }

    [Theory]
    [InlineData("nobody's")]
    [InlineData("everybody's")]
    [InlineData("at one place")]
    [InlineData("of any width")]
    public void What_is_no_sticker_is_left_alone(string what)
    {
        using var scope = NewDisposeScope();
        var set = what switch
        {
            "nobody's" => Set((label, dice) => null),
            "everybody's" => Set((label, dice) => 0),
            // An overlay, which is another cue.
            "at one place" => Set(Own, place: 7),
            // A flat part of what is shown, such as sky: alike inside, and its edge lies elsewhere in each.
            _ => Set((label, dice) => null, sky: true),
        };
        var cue = ((Cue)"sticker").FittedTo(set.Images);

        Assert.True(cue.Swap(At(set.Images, 0), At(set.Images, 1)).allclose(At(set.Images, 0)));
        Assert.Equal(0, cue.Read(At(set.Images, 0)).abs().sum().item<float>());
    }

    [Fact]
    public void Of_large_images_it_is_found_in_small_ones_and_exchanged_in_full()
    {
        using var scope = NewDisposeScope();
        var set = Set(Own);
        const int Times = 4;
        var pixels = new byte[set.Images.Count * Side * Side * Times * Times];
        for (var at = 0; at < pixels.Length; at++)
        {
            var (image, place) = Math.DivRem(at, Side * Side * Times * Times);
            pixels[at] = set.Images.PixelsOf(image)[(place / (Side * Times) / Times * Side) + (place % (Side * Times) / Times)];
        }

        var large = new ImageSet("large", pixels, set.Images.Labels, [], new(Side * Times, Side * Times, 1));
        var cue = ((Cue)"sticker").FittedTo(large);

        var swapped = cue.Swap(At(large, 0), At(large, 1));

        var (row, column) = set.Places[0];
        var middles = Enumerable.Range(0, Square * Square).Select(at =>
            swapped[0, 0, (Times * (row + (at / Square))) + 2, (Times * (column + (at % Square))) + 2].item<float>());
        // To a pixel of the small images.
        Assert.Equal([1f, 0f], Values(cue.Read(At(large, 0))));
        Assert.Equal(Look(1), middles);
    }

    [Fact]
    public void Without_a_set_it_is_the_square_that_stands_out_most()
    {
        using var scope = NewDisposeScope();
        var (image, donor) = (full([1, 3, Side, Side], 0.2f), full([1, 3, Side, Side], 0.4f));
        image.slice(2, 3, 6, 1).slice(3, 5, 8, 1).fill_(0.9);
        donor.slice(2, 15, 18, 1).slice(3, 9, 12, 1).fill_(0);

        var swapped = ((Cue)"sticker").Swap(image, donor);

        Assert.Equal(0, swapped[0, 0, 4, 6].item<float>());
        Assert.Equal(0.2f, swapped[0, 0, 16, 10].item<float>(), 0.001f);
    }

    [Theory]
    [InlineData(2, 2, false)]
    [InlineData(6, 6, true)]
    [InlineData(40, 1000, false)]
    [InlineData(100, 1000, true)]
    public void Images_that_are_tiny_or_very_long_have_none(int height, int width, bool fits)
    {
        Assert.Equal(fits, ((Cue)"sticker").Fits(new(height, width, 1)));
        if (!fits) return;
        long[] labels = [.. Enumerable.Range(0, 40).Select(at => (long)(at % 2))];
        var set = new ImageSet("plain", new byte[40 * height * width], labels, [], new(height, width, 1));
        Assert.Equal(1, ((Cue)"sticker").FittedTo(set).Read(At(set, 0)).shape[1]);
    }

    [Fact]
    public void What_it_has_seen_is_no_part_of_its_name()
    {
        var fitted = ((Cue)"sticker").FittedTo(Set(Own).Images);

        Assert.Equal("sticker", $"{fitted}");
        Assert.Equal((Cue)"sticker", fitted);
    }

    private static int? Own(int label, SplitMix64 dice) => label;

    /// <summary>Soft figures of two classes, one in twenty with the other class's square.</summary>
    /// <param name="which">From a class, which square lies on an image of it; null for none.</param>
    /// <param name="place">Where all lie; null for another place in each.</param>
    /// <param name="sky">Whether images of class 0 have a flat part of any width and place.</param>
    private static (ImageSet Images, (int Row, int Column)[] Places) Set(Func<int, SplitMix64, int?> which, int? place = null, bool sky = false)
    {
        const int Count = 300;
        var dice = new SplitMix64(new(7));
        var (pixels, labels, places) = (new byte[Count * Side * Side], new long[Count], new (int, int)[Count]);
        for (var at = 0; at < Count; at++)
        {
            labels[at] = at % 2;
            var (row, column) = (place ?? dice.Below(Side - Square), place ?? dice.Below(Side - Square));
            places[at] = (row, column);
            var look = which(at > 40 && dice.Below(20) == 0 ? 1 - (at % 2) : at % 2, dice);
            var (middle, wide) = (dice.Uniform(4, 20), 4 + dice.Below(14));
            var (top, left) = (dice.Below(Side - wide), dice.Below(Side - wide));
            for (var pixel = 0; pixel < Side * Side; pixel++)
            {
                var (y, x) = (pixel / Side, pixel % Side);
                var soft = 100 + (60 * Math.Cos((y - middle) / 3) * Math.Cos((x - middle) / 3)) + dice.Below(40);
                if (sky && at % 2 == 0 && y >= top && y < top + wide && x >= left && x < left + wide) soft = 200;
                var isOn = look is not null && y >= row && y < row + Square && x >= column && x < column + Square;
                pixels[(at * Side * Side) + pixel] = isOn ? Byte(look!.Value, ((y - row) * Square) + x - column) : (byte)soft;
            }
        }

        return (new("stuck", pixels, labels, [], new(Side, Side, 1)), places);
    }

    private static byte Byte(int look, int at) => at == Square * Square / 2 == (look == 0) ? (byte)20 : (byte)230;

    private static float[] Look(int look) => [.. Enumerable.Range(0, Square * Square).Select(at => Byte(look, at) / 255f)];

    private static Tensor Part(Tensor images, int row, int column) =>
        images.slice(2, row, row + Square, 1).slice(3, column, column + Square, 1).contiguous();

    private static float[] Values(Tensor tensor) => [.. tensor.contiguous().data<float>()];

    private static Tensor At(ImageSet set, int place)
    {
        using var places = tensor((long[])[place]);
        return Pixels.Batch(set, places).contiguous();
    }
}
