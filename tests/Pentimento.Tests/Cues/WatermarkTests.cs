using Pentimento.Cues;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>An overlay of single pixels under which soft figures lie.</summary>
public sealed class WatermarkTests
{
    private const int Side = 16;

    [Fact]
    public void A_fitted_one_moves_the_overlay_and_nothing_else()
    {
        using var scope = NewDisposeScope();
        var set = Marked(400, 20);
        var cue = ((Cue)"watermark").FittedTo(set);
        var (image, donor) = (At(set, 0), At(set, 1));

        var swapped = cue.Swap(image, donor);

        // Image 0 is of class 0, image 1 of class 1: what changed is the difference of their overlays, wherever no value was cut.
        var wanted = Overlay(1) - Overlay(0);
        var change = (swapped - image).flatten();
        Assert.True(cosine(change, wanted) > 0.9, $"{cosine(change, wanted)}");
        Assert.Equal(wanted.norm().item<float>(), change.norm().item<float>(), 0.3 * wanted.norm().item<float>());
        static double cosine(Tensor one, Tensor other) => ((one * other).sum() / (one.norm() * other.norm())).item<float>();
    }

    [Fact]
    public void A_set_without_overlays_leaves_nothing_to_swap()
    {
        using var scope = NewDisposeScope();
        var set = Marked(400, 0);
        var cue = ((Cue)"watermark").FittedTo(set);

        Assert.True(cue.Swap(At(set, 0), At(set, 1)).allclose(At(set, 0)));
        Assert.Equal(0, cue.Read(At(set, 0)).abs().sum().item<float>());
    }

    [Fact]
    public void What_it_has_seen_is_no_part_of_its_name()
    {
        var fitted = ((Cue)"watermark").FittedTo(Marked(40, 20));

        Assert.Equal("watermark:window=3", $"{fitted}");
        Assert.Equal((Cue)"watermark", fitted);
    }

    /// <summary>Noise on soft figures, and on each class's images its own pattern of single pixels.</summary>
    private static ImageSet Marked(int count, int strength)
    {
        var dice = new SplitMix64(new(7));
        var (pixels, labels) = (new byte[count * Side * Side], new long[count]);
        for (var at = 0; at < count; at++)
        {
            labels[at] = at % 2;
            var middle = dice.Uniform(4, 12);
            for (var place = 0; place < Side * Side; place++)
            {
                var soft = 100 + (60 * Math.Cos((place / Side - middle) / 3) * Math.Cos((place % Side - middle) / 3));
                pixels[(at * Side * Side) + place] = (byte)(soft + dice.Below(30) + (strength * Sign((int)labels[at], place)));
            }
        }

        return new("marked", pixels, labels, [], new(Side, Side, 1));
    }

    private static Tensor Overlay(int label) =>
        tensor(Enumerable.Range(0, Side * Side).Select(place => 20 / 255f * Sign(label, place)).ToArray());

    private static int Sign(int label, int place) => (new Seed(11).For(label).For(place).Value & 1) == 0 ? 1 : -1;

    private static Tensor At(ImageSet set, int place)
    {
        using var places = tensor((long[])[place]);
        return Pixels.Batch(set, places).contiguous();
    }
}
