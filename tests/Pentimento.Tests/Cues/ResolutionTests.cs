using Pentimento.Cues;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>Rough pictures of 32 pixels, of which one class is enlarged from smaller ones by libtorch's own interpolation.</summary>
public sealed class ResolutionTests
{
    private const int Side = 32;
    private const int Count = 100;

    [Theory]
    // libtorch takes means over whole pixels, so that those of 21 differ a little.
    [InlineData(16, InterpolationMode.Nearest, 0.001)]
    [InlineData(8, InterpolationMode.Nearest, 0.001)]
    [InlineData(16, InterpolationMode.Bilinear, 0.001)]
    [InlineData(21, InterpolationMode.Bilinear, 0.1)]
    public void Images_become_what_they_would_be_from_as_few_pixels(int side, InterpolationMode mode, double least)
    {
        using var scope = NewDisposeScope();
        var (small, sharp) = (Enlarged(Pictures(1), side, mode), Pictures(2));
        var cue = Fitted(small, sharp);

        var swapped = cue.Swap(sharp, small);

        Assert.InRange(Made(cue, small), 0.95, 1);
        Assert.InRange(Made(cue, sharp), 0, 0.05);
        Assert.InRange(Made(cue, swapped), 0.95, 1);
        double Away(Tensor one) => (one - Enlarged(sharp, side, mode)).square().mean().item<float>();
        Assert.True(Away(swapped) <= least * Away(sharp), $"{Away(swapped)} of {Away(sharp)}");
        // The other way round it is as rough as its donor and shows what it did.
        var rough = cue.Swap(small, sharp);
        Assert.InRange(Made(cue, rough), 0, 0.05);
        Assert.InRange(Roughness(rough) / Roughness(sharp), 0.8, 1.2);
        Assert.InRange(nn.functional.cosine_similarity((rough - small).flatten(1), (sharp - small).flatten(1)).mean().item<float>(), -0.1, 0.1);
    }

    [Fact]
    public void What_is_coarser_replaces_what_is_finer()
    {
        using var scope = NewDisposeScope();
        var (coarse, fine) = (Enlarged(Pictures(1), 11, InterpolationMode.Bilinear), Enlarged(Pictures(2), 21, InterpolationMode.Bilinear));
        var cue = Fitted(coarse, fine);

        var (swapped, kept) = (cue.Swap(fine, coarse), cue.Swap(coarse, fine));

        Assert.InRange(Made(cue, coarse), 0.95, 1);
        Assert.InRange(Made(cue, fine), 0, 0.05);
        Assert.InRange(Made(cue, swapped), 0.95, 1);
        Assert.InRange(Made(cue, kept), 0, 0.05);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    public void Colours_alone_may_come_from_fewer_pixels(int side)
    {
        using var scope = NewDisposeScope();
        var (coarse, fine) = (Coloured(1, side), Coloured(2, Side));
        var cue = Fitted(coarse, fine);

        var swapped = cue.Swap(fine, coarse);

        Assert.InRange(Made(cue, coarse), 0.95, 1);
        Assert.InRange(Made(cue, fine), 0, 0.05);
        Assert.InRange(Made(cue, swapped), 0.95, 1);
        Assert.InRange(Made(cue, cue.Swap(coarse, fine)), 0, 0.05);
        // How bright pixels are stays as it was, and colours become what they would be.
        Assert.InRange((Bright(swapped) - Bright(fine)).abs().max().item<float>(), 0, 0.01);
        Assert.InRange((swapped - Coloured(2, side)).square().mean().sqrt().item<float>(), 0, 0.02);
    }

    [Fact]
    public void Of_a_whole_image_that_is_enlarged_not_the_colours_alone_are()
    {
        using var scope = NewDisposeScope();
        var (small, sharp) = (Enlarged(Coloured(1, Side), 16, InterpolationMode.Bilinear), Coloured(2, Side));

        var swapped = Fitted(small, sharp).Swap(sharp, small);

        Assert.InRange((swapped - Enlarged(sharp, 16, InterpolationMode.Bilinear)).square().mean().sqrt().item<float>(), 0, 0.01);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_all_classes_have_or_none_is_nobodys(bool all)
    {
        using var scope = NewDisposeScope();
        Tensor Made(Tensor images) => all ? Enlarged(images, 16, InterpolationMode.Bilinear) : images;
        var (one, other) = (Made(Pictures(1)), Made(Pictures(2)));
        var cue = Fitted(one, other);

        Assert.True(cue.Swap(one, other).allclose(one));
        Assert.Equal(0, cue.Read(one).abs().sum().item<float>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_one_try_nothing_stays_but_the_answer(bool ofColors)
    {
        using var scope = NewDisposeScope();
        var images = Pictures(1);
        var before = scope.DisposablesCount;

        new Enlargement(0.5, EnlargingKernel.Bilinear, ofColors).Made(images);

        Assert.Equal(before + 1, scope.DisposablesCount);
    }

    private static double Roughness(Tensor images) => (images - images.roll([1], [3])).square().mean().sqrt().item<float>();

    /// <summary>The share that is much nearer to the coarsest enlargement than when it is moved.</summary>
    private static double Made(Cue cue, Tensor images) => cue.Read(images).select(1, 0).exp().lt(0.45).to_type(float32).mean().item<float>();

    /// <summary>The cue that has seen these as images of two classes.</summary>
    private static Cue Fitted(Tensor first, Tensor second)
    {
        byte[] pixels = [.. (cat([first, second]).permute(0, 2, 3, 1).contiguous() * 255).round().to_type(uint8).flatten().data<byte>()];
        return ((Cue)"resolution").FittedTo(
            new ImageSet("enlarged", pixels, [.. Enumerable.Range(0, 2 * Count).Select(at => at / Count == 0 ? 0L : 1)], [], new(Side, Side, 3)));
    }

    private static Tensor Enlarged(Tensor images, int side, InterpolationMode mode)
    {
        var small = nn.functional.interpolate(images, [side, side], mode: InterpolationMode.Area);
        var large = nn.functional.interpolate(small, [Side, Side], mode: mode, align_corners: mode == InterpolationMode.Nearest ? null : false);
        return (large * 255).round() / 255;
    }

    private static Tensor Bright(Tensor images) =>
        (0.299 * images.select(1, 0)) + (0.587 * images.select(1, 1)) + (0.114 * images.select(1, 2));

    /// <summary>Pictures whose colours, as files of JPEG keep them, are enlarged from so many pixels a side, float32 (100, 3, 32, 32).</summary>
    private static Tensor Coloured(ulong seed, int side)
    {
        // In the middle, so that no value is cut.
        var light = 0.25 + (0.5 * Pictures(seed).narrow(1, 0, 1));
        var (red, blue) = (Colors(seed + 10), Colors(seed + 20));
        var green = (-0.344 * blue) - (0.714 * red);
        return ((light + cat([1.402 * red, green, 1.772 * blue], 1)).clamp(0, 1) * 255).round() / 255;

        Tensor Colors(ulong from)
        {
            var fine = 0.4 * (Pictures(from).narrow(1, 0, 1) - 0.5);
            return side == Side ? fine : Enlarged(fine, side, InterpolationMode.Bilinear);
        }
    }

    /// <summary>Waves of all directions with noise, float32 (100, 3, 32, 32).</summary>
    private static Tensor Pictures(ulong seed)
    {
        using var generator = new Seed(seed).On(CPU);
        var rough = randn([Count, 1, Side, Side], float32, generator: generator).expand(-1, 3, -1, -1);
        var soft = nn.functional.avg_pool2d(rough, 5, stride: 1, padding: 2) + nn.functional.avg_pool2d(rough, 11, stride: 1, padding: 5).mul(2);
        return (((soft / 3) + (0.15 * rough) + 0.5).clamp(0, 1) * 255).round() / 255;
    }
}
