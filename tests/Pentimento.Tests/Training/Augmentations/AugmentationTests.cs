using Pentimento.Foundation.Configuration;
using Pentimento.Painting;
using Pentimento.Training;
using Pentimento.Training.Augmentations;
using static TorchSharp.torch;

namespace Pentimento.Tests.Training.Augmentations;

public sealed class AugmentationTests
{
    public static TheoryData<Augmentation> Everyone => [.. Catalog.Defaults<Augmentation>()];

    [Theory, MemberData(nameof(Everyone))]
    public void Pixels_stay_valid_the_images_untouched_and_one_tensor_is_left(Augmentation augmentation)
    {
        using var scope = NewDisposeScope();
        var (images, _) = Oracle.Batch(0, 64);
        var before = images.clone();
        var count = scope.DisposablesCount;

        var changed = augmentation.Apply(images, new(1));

        Assert.Equal(count + 1, scope.DisposablesCount);
        Assert.True(Same(images, before));
        Assert.Equal(images.shape, changed.shape);
        Assert.True(changed.min().item<float>() >= 0 && changed.max().item<float>() <= 1);
        // Channels-last, as the network reads it.
        Assert.True(changed.permute(0, 2, 3, 1).is_contiguous());
    }

    [Theory, MemberData(nameof(Everyone))]
    public void The_seed_decides_everything(Augmentation augmentation)
    {
        using var scope = NewDisposeScope();
        var (images, _) = Oracle.Batch(0, 64);

        Assert.True(Same(augmentation.Apply(images, new(1)), augmentation.Apply(images, new(1))));
        if (augmentation is not (Unchanged or Chain)) Assert.False(Same(augmentation.Apply(images, new(1)), augmentation.Apply(images, new(2))));
    }

    [Fact]
    public void Tints_are_swapped_with_their_brightness_and_shapes_stay()
    {
        using var scope = NewDisposeScope();
        // A red figure of peak 0.8 with a half-bright pixel, and a dim green one: each gets the other's colour and peak, or keeps its own.
        var images = zeros(2, 3, 1, 2);
        images[0, 0, 0, 0] = 0.8f;
        images[0, 0, 0, 1] = 0.4f;
        images[1, 1, 0, 0] = 0.2f;

        var swapped = new ulong[] { 1, 2, 3, 4, 5, 6 }.Select(seed => new TintSwap().Apply(images, new(seed)))
            .First(changed => !changed.allclose(images, 1e-5));

        Assert.Equal([0f, 0, 0.2f, 0.1f, 0, 0], swapped[0].flatten().data<float>().Select(value => MathF.Round(value, 5)));
        Assert.Equal([0.8f, 0f, 0, 0, 0, 0], swapped[1].flatten().data<float>().Select(value => MathF.Round(value, 5)));
    }

    [Fact]
    public void A_swapped_cue_comes_from_another_image_and_the_rest_stays()
    {
        using var scope = NewDisposeScope();
        // Images of one grey each: whatever the corner, the rest must say which image it is.
        var images = arange(64, float32).div(64).view(64, 1, 1, 1).expand(64, 3, 4, 4).contiguous();
        var swap = (CueSwap)Catalog.Read<Augmentation>("cue-swap:cue=(cell:grid=4,row=0,column=0)");

        var changed = swap.Apply(images, new(1));
        var half = (swap with { Probability = 0.5 }).Apply(images, new(1));

        float[] Corners(Tensor all) => all.select(1, 0).select(1, 0).select(1, 0).data<float>().ToArray();
        Assert.Equal(Corners(images).Order(), Corners(changed).Order());
        Assert.True(Corners(images).Zip(Corners(changed)).Count(pair => pair.First != pair.Second) > 55);
        Assert.InRange(Corners(images).Zip(Corners(half)).Count(pair => pair.First != pair.Second), 20, 44);
        Assert.True(Same(images.slice(2, 1, 4, 1), changed.slice(2, 1, 4, 1)));
    }

    [Fact]
    public void Noise_has_the_tiers_deviation_and_share()
    {
        using var scope = NewDisposeScope();
        var grey = full(4000, 1, 8, 8, 0.5f);
        var tier = Tier.Parse("h");

        var deviations = ((new Noise("h").Apply(grey, new(1)) - grey).square().mean([1, 2, 3]).sqrt() * 255).data<float>().ToArray();

        // 64 values tell a deviation to about 9%.
        Assert.InRange(deviations.Count(deviation => deviation > 0) / 4000.0, tier.NoiseProbability - 0.03, tier.NoiseProbability + 0.03);
        Assert.InRange(deviations.Where(deviation => deviation > 0).Average(), 24.2, 25.2);
        Assert.True(deviations.Max() < 30 * 1.45 && deviations.Where(deviation => deviation > 0).Min() > 20 * 0.6);
        Assert.True(Same(new Noise("z").Apply(grey, new(1)), grey));
    }

    [Fact]
    public void Strokes_cover_what_painted_ones_cover()
    {
        using var scope = NewDisposeScope();
        var black = zeros(4000, 3, 28, 28);
        var tier = Tier.Parse("h");

        var covered = new Strokes("h").Apply(black, new(1)).amax([1]).gt(0).to_type(float32);
        var share = covered.mean([1, 2]).gt(0).to_type(float32).mean().item<float>();

        Assert.InRange(share, tier.StrokeProbability - 0.03, tier.StrokeProbability + 0.03);
        // Two to four lines, 13 to 14 pixels long on average and two wide, partly over each other: about a tenth of the picture.
        Assert.InRange(covered.mean().item<float>() / share, 0.07, 0.13);
    }

    [Fact]
    public void Shifts_move_whole_pictures_by_every_number_of_pixels()
    {
        using var scope = NewDisposeScope();
        var images = zeros(500, 1, 5, 5);
        images.select(2, 2).select(2, 2).fill_(1);

        var places = new Shift(1).Apply(images, new(1)).flatten(1).argmax(1).data<long>().ToArray();

        Assert.Equal([6, 7, 8, 11, 12, 13, 16, 17, 18], places.Distinct().Order());
    }

    [Fact]
    public void A_chain_applies_one_after_the_other_and_needs_the_supervision_of_both()
    {
        using var scope = NewDisposeScope();
        var (images, _) = Oracle.Batch(0, 8);
        var chain = Chain.Of([new TintSwap(), new Noise()]);

        Assert.Equal(Supervision.Nuisance | Supervision.Corruption, chain.RequiredSupervision);
        Assert.True(
            Same(chain.Apply(images, new(1)), new Noise().Apply(new TintSwap().Apply(images, new Seed(1).For("first")), new Seed(1).For("then"))));
        Assert.Equal(chain, Catalog.Read<Augmentation>(Catalog.Write(chain)));
    }

    [Theory]
    [InlineData("noise:tiers=x", "names no tiers")]
    [InlineData("strokes:tiers=", "names no tiers")]
    public void Unknown_tiers_are_refused(string spec, string part)
    {
        using var images = zeros(1, 3, 4, 4);
        Assert.Contains(
            part,
            Assert.Throws<BadInputException>(() => Catalog.Read<Augmentation>(spec).Apply(images, new(1))).Message,
            StringComparison.Ordinal);
    }

    private static bool Same(Tensor one, Tensor other) => one.eq(other).all().item<bool>();
}
