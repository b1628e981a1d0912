using Pentimento.Cues;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>Images that are lit from one side.</summary>
public sealed class LightingTests
{
    private static readonly Cue Cue = "lighting";

    [Fact]
    public void It_reads_how_the_logarithm_of_the_light_rises_across_and_down()
    {
        using var scope = NewDisposeScope();

        var read = (Cue.Read(stack([Lit(0.4, 0), Lit(0, -0.3)])) / 2).data<float>().ToArray();

        // The ridge takes some hundredths off.
        Assert.Equal(0.4, read[0], 0.03);
        Assert.Equal(0, read[1], 0.01);
        Assert.Equal(0, read[2], 0.01);
        Assert.Equal(-0.3, read[3], 0.03);
    }

    [Fact]
    public void An_image_is_lit_as_its_donor_and_shows_what_it_showed()
    {
        using var scope = NewDisposeScope();
        var (image, donor) = (Striped(Lit(0.4, 0)).unsqueeze(0), Lit(-0.4, 0.2).unsqueeze(0));

        var swapped = Cue.Swap(image, donor);

        var wanted = Striped(Lit(-0.4, 0.2));
        // The light fell by 0.8 across: all but some hundredths of that is turned round.
        var quotient = (swapped[0] / swapped.mean()) / (wanted / wanted.mean());
        Assert.Equal(1, quotient.max().item<float>(), 0.12);
        Assert.Equal(1, quotient.min().item<float>(), 0.12);
        Assert.Equal(image.mean().item<float>(), swapped.mean().item<float>(), 0.01);
    }

    [Fact]
    public void A_dark_part_on_one_side_is_of_another_material_and_no_shade()
    {
        using var scope = NewDisposeScope();
        var image = full([1, 3, 28, 28], 0.8f);
        image.slice(3, 0, 6, 1).fill_(0.3f);

        Assert.Equal(0, Cue.Read(image)[0, 0].item<float>(), 0.05f);
    }

    /// <summary>Grey that rises by these numbers from the middle to the border, float32 (3, 28, 28).</summary>
    private static Tensor Lit(double across, double down)
    {
        var axis = linspace(-1, 1, 28, float32);
        return (0.5 * ((across * axis.view(1, 1, -1)) + (down * axis.view(1, -1, 1))).exp()).expand(3, 28, 28).clone();
    }

    private static Tensor Striped(Tensor image) => image * (1 - (0.2 * (arange(28, float32) % 4).lt(2).to_type(float32).view(1, -1, 1)));
}
