using Pentimento.Cues;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>An overlay of single pixels under which soft figures lie, and a stamp that covers them.</summary>
public sealed class WatermarkTests
{
    private const int Side = 16;
    private const int Stamp = 11;

    [Fact]
    public void A_fitted_one_moves_the_overlay_and_nothing_else()
    {
        using var scope = NewDisposeScope();
        var set = Set((label, place, soft, dice) => soft + (20 * Sign(label, place)));
        var cue = ((Cue)"watermark").FittedTo(set);
        var (image, donor) = (At(set, 0), At(set, 1));

        var swapped = cue.Swap(image, donor);

        // Image 0 is of class 0, image 1 of class 1: what changed is the difference of their overlays, wherever no value was cut.
        var wanted = tensor(Enumerable.Range(0, Side * Side).Select(place => 20 / 255f * (Sign(1, place) - Sign(0, place))).ToArray());
        var change = (swapped - image).flatten();
        Assert.True(cosine(change, wanted) > 0.9, $"{cosine(change, wanted)}");
        Assert.Equal(wanted.norm().item<float>(), change.norm().item<float>(), 0.3 * wanted.norm().item<float>());
        Assert.Null(cue.Place);
        static double cosine(Tensor one, Tensor other) => ((one * other).sum() / (one.norm() * other.norm())).item<float>();
    }

    [Theory]
    [InlineData(255)]
    [InlineData(0)]
    public void A_translucent_one_is_taken_off_and_laid_on_over_bright_and_dark_alike(int ink)
    {
        using var scope = NewDisposeScope();
        // Half of it shines through two bars of one class; what it adds hangs on what lies below, which is from dark to bright in each image.
        double Ground(double soft, int own) => Math.Abs(255 - ink - Math.Clamp(soft + (own % 7 * 20) - 60, 25, 230));
        var set = Set((label, place, soft, own) => label == 0 && IsBar(place) ? (Ground(soft, own) + ink) / 2 : Ground(soft, own));
        var bare = Set((label, place, soft, own) => Ground(soft, own));
        var cue = ((Cue)"watermark").FittedTo(set);

        Tensor[] own = [Every(set, 0), Every(bare, 0)];
        Tensor[] others = [Every(set, 1), Every(bare, 1)];
        Assert.InRange(Misses(cue.Swap(own[0], others[0]), own[1]), 0, 0.04);
        Assert.InRange(Misses(cue.Swap(others[0], own[0]), others[1] + (Bars * ((ink / 255f) - others[1]) / 2)), 0, 0.04);
        static Tensor Every(ImageSet images, int label) => cat([.. Enumerable.Range(0, 20).Select(at => At(images, (2 * at) + label))]);
        static double Misses(Tensor found, Tensor wanted) => ((found - wanted).abs() * Bars).sum().item<float>() / (20 * Bars.sum().item<float>());
    }

    [Fact]
    public void A_stamp_covers_what_lies_below_and_what_lay_below_the_own_is_taken_from_around()
    {
        using var scope = NewDisposeScope();
        // Its four pixels are half bright or bright, the other way round in the other class.
        var set = Set((label, place, soft, dice) => IsStamped(place) ? (place % 2 == label ? 128 : 230) : soft);
        var cue = ((Cue)"watermark").FittedTo(set);
        var (image, donor) = (At(set, 0), At(set, 1));

        var swapped = cue.Swap(image, donor);

        var changed = (swapped - image).abs().gt(0.02).nonzero();
        Assert.All(
            Enumerable.Range(0, (int)changed.shape[0]),
            at => Assert.True(IsStamped((int)((changed[at, 2].item<long>() * Side) + changed[at, 3].item<long>())), $"{changed[at]}"));
        Assert.True(Part(swapped).allclose(Part(donor), 0, 0.01));
        Assert.Equal("rows 12 to 13, columns 12 to 13 of 16x16 pixels", cue.Place);
        static Tensor Part(Tensor images) => images.slice(2, Stamp, Stamp + 2, 1).slice(3, Stamp, Stamp + 2, 1);
    }

    [Fact]
    public void Of_an_image_without_a_stamp_another_loses_its_own_and_gets_none()
    {
        using var scope = NewDisposeScope();
        var set = Set((label, place, soft, dice) => IsStamped(place) && label == 0 ? 230 : soft);
        var cue = ((Cue)"watermark").FittedTo(set);
        var (image, donor) = (At(set, 0), At(set, 1));

        var without = cue.Swap(image, donor);

        var around = without.slice(2, Stamp - 1, Stamp + 3, 1).slice(3, Stamp - 1, Stamp + 3, 1);
        Assert.True(around.max().item<float>() - around.min().item<float>() < 0.25, $"{around.max().item<float>()} {around.min().item<float>()}");
        Assert.True(cue.Swap(donor, image)[0, 0, Stamp, Stamp].item<float>() > 0.85);
        Assert.True(cue.Read(image).item<float>() > 0.5 && cue.Read(donor).item<float>() == 0);
    }

    [Fact]
    public void Where_an_object_hides_the_overlay_nothing_is_taken_off_and_nothing_laid_on()
    {
        using var scope = NewDisposeScope();
        var set = Set((label, place, soft, own) => soft + (20 * Sign(label, place)));
        var cue = ((Cue)"watermark").FittedTo(set);
        Tensor Hidden(int at) => cat([At(set, at).slice(2, 0, Side / 2, 1), full([1, 1, Side / 2, Side], 0.4f)], 2);

        var change = (cue.Swap(Hidden(0), Hidden(1)) - Hidden(0)).abs().mean([1, 3]).data<float>().ToArray();

        // Up to two rows at the edge are as near to what shows it as to what does not.
        Assert.All(change[..(Side / 2)], row => Assert.True(row > 0.03, $"{row}"));
        Assert.All(change[((Side / 2) + 2)..], row => Assert.Equal(0, row));
    }

    [Fact]
    public void A_set_without_overlays_leaves_nothing_to_swap()
    {
        using var scope = NewDisposeScope();
        var set = Set((label, place, soft, dice) => soft);
        var cue = ((Cue)"watermark").FittedTo(set);

        Assert.True(cue.Swap(At(set, 0), At(set, 1)).allclose(At(set, 0)));
        Assert.Equal(0, cue.Read(At(set, 0)).abs().sum().item<float>());
    }

    [Fact]
    public void A_stamp_that_images_of_all_classes_bear_is_nobodys()
    {
        using var scope = NewDisposeScope();
        var set = Set((label, place, soft, own) => IsStamped(place) ? (place % 2 == 0 ? 128 : 230) : soft);

        Assert.Equal(0, ((Cue)"watermark").FittedTo(set).Read(At(set, 0)).abs().sum().item<float>());
    }

    [Theory]
    [InlineData(1.2, 1.0)]
    [InlineData(1.8, 0.1)]
    public void White_strokes_at_one_place_are_what_is_shown(double thin, double spread)
    {
        using var scope = NewDisposeScope();
        // As of ones among digits: upright bars, and others that lie, whose middle is white in most or in all.
        double Bar(int along, int own) =>
            255 * Math.Clamp(thin + (own / 100 / 10.0) - Math.Abs(along - 8 + (spread * ((own % 100 / 100.0) - 0.5))), 0, 1);
        var set = Set((label, place, soft, own) => Bar(label == 0 ? place % Side : place / Side, own));

        Assert.Equal(0, ((Cue)"watermark").FittedTo(set).Read(At(set, 0)).abs().sum().item<float>());
    }

    [Fact]
    public void What_it_has_seen_is_no_part_of_its_name()
    {
        var fitted = ((Cue)"watermark").FittedTo(Set((label, place, soft, dice) => soft + (20 * Sign(label, place))));

        Assert.Equal("watermark:window=3", $"{fitted}");
        Assert.Equal((Cue)"watermark", fitted);
    }

    /// <summary>Soft figures with noise of two classes, of each pixel what is made of it.</summary>
    /// <param name="made">From a class, a place, the value of figure and noise, and a number that is the image's own.</param>
    private static ImageSet Set(Func<int, int, double, int, double> made)
    {
        const int Count = 400;
        var dice = new SplitMix64(new(7));
        var (pixels, labels) = (new byte[Count * Side * Side], new long[Count]);
        for (var at = 0; at < Count; at++)
        {
            labels[at] = at % 2;
            var (middle, own) = (dice.Uniform(4, 12), dice.Below(1000));
            for (var place = 0; place < Side * Side; place++)
            {
                var soft = 100 + (60 * Math.Cos((place / Side - middle) / 3) * Math.Cos((place % Side - middle) / 3)) + dice.Below(12);
                pixels[(at * Side * Side) + place] = (byte)made((int)labels[at], place, soft, own);
            }
        }

        return new("marked", pixels, labels, [], new(Side, Side, 1));
    }

    private static bool IsStamped(int place) => place / Side is Stamp or Stamp + 1 && place % Side is Stamp or Stamp + 1;

    private static bool IsBar(int place) => place / Side is 4 or 10 && place % Side is > 2 and < 13;

    private static Tensor Bars =>
        tensor(Enumerable.Range(0, Side * Side).Select(place => IsBar(place) ? 1f : 0).ToArray()).view(1, 1, Side, Side);

    private static int Sign(int label, int place) => (new Seed(11).For(label).For(place).Value & 1) == 0 ? 1 : -1;

    private static Tensor At(ImageSet set, int place)
    {
        using var places = tensor((long[])[place]);
        return Pixels.Batch(set, places).contiguous();
    }
}
