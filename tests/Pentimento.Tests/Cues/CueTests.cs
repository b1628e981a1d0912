using Pentimento.Cues;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>Each cue on images on which it can be worked out by hand.</summary>
public sealed class CueTests
{
    private static readonly float[] Red = [1, 0, 0];
    private static readonly float[] Green = [0, 0.8f, 0];
    private static readonly float[] Black = [0, 0, 0];
    private static readonly float[] Blue = [0, 0, 0.5f];

    [Fact]
    public void Color_repaints_the_object_and_leaves_its_ground_and_its_shades()
    {
        using var scope = NewDisposeScope();
        var shaded = Figures.Box(5, 6, 8, 9, Red, Black);
        shaded.slice(1, 5, 7, 1).mul_(0.5f);
        var donor = Figures.Box(10, 10, 4, 4, Green, Black);

        var swapped = Swap("color", shaded, donor);

        Assert.True(swapped[1].allclose(shaded[0] * 0.8f, 1e-4, 1e-5));
        Assert.True(swapped[0].allclose(zeros(28, 28)));
        Assert.True(Read("color", swapped)[..3].allclose(tensor(Green), 1e-4, 1e-5));
    }

    [Fact]
    public void Color_on_a_coloured_ground_is_the_objects_own()
    {
        using var scope = NewDisposeScope();

        Assert.True(Read("color", Figures.Box(5, 6, 8, 9, Green, Blue))[..3].allclose(tensor(Green), 1e-4, 1e-5));
    }

    [Fact]
    public void How_saturated_a_colour_is_can_be_read_whatever_its_hue()
    {
        using var scope = NewDisposeScope();
        float[][] colors = [[0.8f, 0.4f, 0.4f], [0.4f, 0.4f, 0.8f], [0.6f, 0.6f, 0.6f]];

        var read = ((Cue)"color").Read(stack([.. colors.Select(color => Figures.Box(10, 10, 8, 8, color, Black))]));

        Assert.Equal([0.5f, 0.5f, 0f], read.select(1, 3).data<float>().ToArray().Select(value => MathF.Round(value, 3)));
    }

    [Fact]
    public void Background_paints_the_ground_and_leaves_the_object()
    {
        using var scope = NewDisposeScope();

        var swapped = Swap("background", Figures.Box(5, 6, 8, 9, Green, Black), Figures.Box(9, 9, 9, 9, Red, Blue));

        Assert.True(swapped.allclose(Figures.Box(5, 6, 8, 9, Green, Blue), 1e-4, 1e-5));
    }

    [Fact]
    public void Object_is_the_donors_object_on_the_images_ground()
    {
        using var scope = NewDisposeScope();

        var swapped = Swap("object", Figures.Box(5, 6, 8, 9, Green, Black), Figures.Box(9, 9, 9, 9, Red, Blue));

        Assert.True(swapped.allclose(Figures.Box(9, 9, 9, 9, Red, Black), 1e-4, 1e-5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Border_takes_the_frame_and_nothing_within(int width)
    {
        using var scope = NewDisposeScope();

        var swapped = Swap($"border:width={width}", zeros(3, 28, 28), ones(3, 28, 28));

        Assert.Equal(3 * ((28 * 28) - ((28 - (2 * width)) * (28 - (2 * width)))), swapped.sum().item<float>(), 0.001);
        Assert.Equal(0, swapped.slice(1, width, 28 - width, 1).slice(2, width, 28 - width, 1).sum().item<float>());
    }

    [Fact]
    public void Cell_takes_its_own_square_of_the_grid()
    {
        using var scope = NewDisposeScope();

        var swapped = Swap("cell:grid=4,row=1,column=3", zeros(3, 28, 28), ones(3, 28, 28));

        Assert.Equal(3 * 49, swapped.sum().item<float>());
        Assert.Equal(3 * 49, swapped.slice(1, 7, 14, 1).slice(2, 21, 28, 1).sum().item<float>());
    }

    [Fact]
    public void Brightness_scales_every_pixel_to_the_donors_brightest()
    {
        using var scope = NewDisposeScope();

        var swapped = Swap("brightness", Figures.Box(5, 6, 8, 9, Red, Black) * 0.4f, Figures.Box(2, 2, 20, 20, Green, Black));

        Assert.True(swapped.allclose(Figures.Box(5, 6, 8, 9, Red, Black) * 0.8f, 1e-4, 1e-5));
    }

    [Fact]
    public void Contrast_is_that_of_the_donor_about_the_images_own_mean()
    {
        using var scope = NewDisposeScope();
        var (image, donor) = (full([3, 28, 28], 0.5f), full([3, 28, 28], 0.5f));
        image.slice(1, 0, 14, 1).fill_(0.4f);
        image.slice(1, 14, 28, 1).fill_(0.6f);
        donor.slice(1, 0, 14, 1).fill_(0.2f);
        donor.slice(1, 14, 28, 1).fill_(0.8f);

        Assert.True(Swap("contrast", image, donor).allclose(donor, 1e-4, 1e-5));
        Assert.Equal(0.3, Read("contrast", donor).item<float>(), 1e-5);
    }

    [Fact]
    public void Color_statistics_are_the_donors_means_and_deviations()
    {
        using var scope = NewDisposeScope();
        var (image, donor) = (Figures.Random(1, 1)[0] / 2, (Figures.Random(1, 2)[0] / 4) + 0.4f);

        var swapped = Swap("color-statistics", image, donor);

        Assert.True(Read("color-statistics", swapped).allclose(Read("color-statistics", donor), 0.02, 0.01));
    }

    [Fact]
    public void Low_and_high_frequencies_part_the_image_without_remainder()
    {
        using var scope = NewDisposeScope();
        var (image, donor) = ((Figures.Random(1, 1)[0] / 4) + 0.3f, (Figures.Random(1, 2)[0] / 4) + 0.3f);

        var both = Swap("high-frequencies:cutoff=0.2", Swap("low-frequencies:cutoff=0.2", image, donor), donor);

        Assert.True(both.allclose(donor, 1e-3, 1e-4));
    }

    [Fact]
    public void High_frequencies_take_a_fine_pattern_and_leave_the_rest()
    {
        using var scope = NewDisposeScope();
        var checks = ((arange(28).unsqueeze(0) + arange(28).unsqueeze(1)).remainder(2) * 0.1f).to_type(float32);
        var smooth = full([3, 28, 28], 0.5f);

        var swapped = Swap("high-frequencies", smooth, full([3, 28, 28], 0.2f) + checks);

        Assert.True(swapped.allclose(smooth + checks - 0.05f, 1e-3, 1e-4));
    }

    [Fact]
    public void Spectrum_and_texture_keep_where_lines_lie_and_take_how_strong_they_are()
    {
        using var scope = NewDisposeScope();
        var wave = (arange(28, float32) * (2 * Math.PI * 7 / 28)).cos().view(1, 1, 28).expand(3, 28, 28);
        var (weak, strong) = (0.5f + (0.1f * wave), 0.5f - (0.3f * wave));

        Assert.True(Swap("spectrum", weak, strong).allclose(0.5f + (0.3f * wave), 1e-3, 1e-4));
        Assert.True(Swap("texture", weak, strong).allclose(0.5f + (0.3f * wave), 1e-3, 1e-4));
    }

    [Fact]
    public void Sharpness_comes_nearer_to_the_donors()
    {
        using var scope = NewDisposeScope();
        var (image, donor) = ((Figures.Random(1, 1)[0] / 4) + 0.3f, (Figures.Random(1, 2)[0] / 4) + 0.3f);

        double Away(Tensor one) => (Read("sharpness", one) - Read("sharpness", donor)).norm().item<float>();
        Assert.True(Away(Swap("sharpness", image, donor)) < 0.9 * Away(image), $"{Away(Swap("sharpness", image, donor))} of {Away(image)}");
    }

    [Fact]
    public void Sharpness_blurs_as_a_lens_does_and_leaves_what_the_image_shows()
    {
        using var scope = NewDisposeScope();
        var sharp = Figures.Box(5, 6, 12, 9, Green, Black);
        var blurred = Frequencies.Images(
            Frequencies.Of(sharp.unsqueeze(0)) * (-(Frequencies.Radius(sharp.unsqueeze(0)) * 6).square()).exp(), sharp.unsqueeze(0))[0].clamp(0, 1);

        // The donor is another figure, blurred alike: the image becomes its own blurred self, not the donor.
        var donor = Figures.Box(8, 5, 9, 12, Green, Black);
        var blurredDonor = Frequencies.Images(
            Frequencies.Of(donor.unsqueeze(0)) * (-(Frequencies.Radius(donor.unsqueeze(0)) * 6).square()).exp(), donor.unsqueeze(0))[0].clamp(0, 1);
        var swapped = Swap("sharpness", sharp, blurredDonor);

        Assert.True((swapped - blurred).abs().mean().item<float>() < 0.3 * (sharp - blurred).abs().mean().item<float>());
    }

    [Fact]
    public void Sharpness_sharpens_what_was_blurred()
    {
        using var scope = NewDisposeScope();
        var sharp = Figures.Box(5, 6, 12, 9, Green, Black);
        var blurred = Frequencies.Images(
            Frequencies.Of(sharp.unsqueeze(0)) * (-(Frequencies.Radius(sharp.unsqueeze(0)) * 3).square()).exp(), sharp.unsqueeze(0))[0].clamp(0, 1);

        var swapped = Swap("sharpness", blurred, sharp);

        Assert.True((swapped - sharp).abs().mean().item<float>() < 0.65 * (blurred - sharp).abs().mean().item<float>());
    }

    [Fact]
    public void Place_moves_the_object_to_where_the_donors_is()
    {
        using var scope = NewDisposeScope();

        var swapped = Swap("place", Figures.Box(4, 5, 6, 7, Green, Blue), Figures.Box(14, 12, 6, 7, Red, Black));

        Assert.True(swapped.allclose(Figures.Box(14, 12, 6, 7, Green, Blue), 1e-3, 1e-3));
    }

    [Fact]
    public void Size_scales_the_object_about_its_middle()
    {
        using var scope = NewDisposeScope();

        var swapped = Swap("size", Figures.Box(10, 10, 8, 8, Green, Blue), Figures.Box(6, 6, 16, 16, Red, Black));

        // Edges between pixels are smoothed: what lies one pixel off the edge of a 16x16 box must be right.
        var scaled = Figures.Box(6, 6, 16, 16, Green, Blue);
        Assert.True(swapped.slice(1, 8, 20, 1).slice(2, 8, 20, 1).allclose(scaled.slice(1, 8, 20, 1).slice(2, 8, 20, 1), 1e-2, 1e-2));
        Assert.True(swapped.slice(1, 0, 4, 1).allclose(scaled.slice(1, 0, 4, 1), 1e-2, 1e-2));
    }

    [Fact]
    public void Orientation_turns_a_lying_bar_upright()
    {
        using var scope = NewDisposeScope();

        var swapped = Swap("orientation", Figures.Box(12, 6, 4, 16, Green, Black), Figures.Box(6, 12, 16, 4, Red, Black));

        Assert.True((swapped - Figures.Box(6, 12, 16, 4, Green, Black)).abs().mean().item<float>() < 0.01);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(-40)]
    public void What_is_as_long_as_it_is_wide_is_turned_by_its_edges(double degrees)
    {
        using var scope = NewDisposeScope();
        // A cross has no longest direction.
        var cross = maximum(Figures.Box(12, 5, 4, 18, Green, Black), Figures.Box(5, 12, 18, 4, Green, Black)).unsqueeze(0);
        var turn = tensor(new float[] { (float)Math.Cos(degrees * Math.PI / 180) });
        var sine = tensor(new float[] { (float)Math.Sin(degrees * Math.PI / 180) });
        var middle = Motion.Middle(cross);
        var turned = Motion.Sample(cross, stack([stack([turn, sine], 1), stack([-sine, turn], 1)], 1), middle, middle);

        var swapped = new Orientation().Swap(cross, turned);

        Assert.True((cross - turned).abs().mean().item<float>() > 0.03);
        Assert.True((swapped - turned).abs().mean().item<float>() < 0.006, $"{(swapped - turned).abs().mean().item<float>()}");
    }

    [Fact]
    public void Cues_that_images_are_too_small_for_do_not_fit()
    {
        Assert.False(((Cue)"border:width=4").Fits(new(8, 8, 3)));
        Assert.True(((Cue)"border:width=3").Fits(new(8, 8, 3)));
        Assert.False(((Cue)"cell:grid=4,row=4").Fits(new(28, 28, 3)));
    }

    private static Tensor Swap(string cue, Tensor image, Tensor donor) => ((Cue)cue).Swap(image.unsqueeze(0), donor.unsqueeze(0))[0];

    private static Tensor Read(string cue, Tensor image) => ((Cue)cue).Read(image.unsqueeze(0))[0];
}
