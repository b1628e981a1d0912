using Pentimento.Cues;
using Pentimento.Painting;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>Rough pictures of 32 pixels, saved as JPEGs of several qualities by Skia.</summary>
public sealed class CompressionTests
{
    private const int Side = 32;

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(75)]
    public void With_a_donor_of_a_quality_an_image_becomes_what_it_is_when_saved_with_that(int quality)
    {
        using var scope = NewDisposeScope();
        var images = Pictures(1);
        var saved = Saved(images, quality);

        var swapped = ((Cue)"compression").Swap(images, Saved(Pictures(2), quality));

        double Away(Tensor one) => (one - saved).square().mean().item<float>();
        Assert.True(Away(swapped) < 0.05 * Away(images), $"{Away(swapped)} of {Away(images)}");
    }

    [Fact]
    public void Grey_ones_likewise()
    {
        using var scope = NewDisposeScope();
        var (images, donors) = (Pictures(1).mean([1], keepdim: true), Pictures(2).mean([1], keepdim: true));
        Tensor Grey(Tensor one) => Saved(one.expand(-1, 3, -1, -1), 20).narrow(1, 0, 1);

        var swapped = ((Cue)"compression").Swap(images, Grey(donors));

        double Away(Tensor one) => (one - Grey(images)).square().mean().item<float>();
        Assert.True(Away(swapped) < 0.05 * Away(images), $"{Away(swapped)} of {Away(images)}");
    }

    [Fact]
    public void A_donor_of_a_finer_quality_gives_back_as_much_as_was_taken_and_nothing_of_what_it_shows()
    {
        using var scope = NewDisposeScope();
        var (images, donors) = (Pictures(1), Pictures(2));
        var saved = Saved(images, 20);

        var swapped = ((Cue)"compression").Swap(saved, donors);

        Assert.InRange(((swapped - saved).norm() / (donors - Saved(donors, 20)).norm()).item<float>(), 0.8, 1.1);
        Assert.InRange(nn.functional.cosine_similarity((swapped - saved).flatten(1), (donors - saved).flatten(1)).mean().item<float>(), -0.1, 0.1);
        Assert.True(((Cue)"compression").Swap(saved, Saved(donors, 20)).allclose(saved));
    }

    [Fact]
    public void Of_a_saved_image_that_was_moved_since_nothing_can_be_told()
    {
        using var scope = NewDisposeScope();
        var images = Pictures(1);

        var swapped = ((Cue)"compression").Swap(images, Saved(Pictures(2), 20).roll([3, 3], [2, 3]));

        Assert.True(swapped.allclose(images));
    }

    /// <summary>Twenty pictures, waves of all directions with noise, float32 (20, 3, 32, 32).</summary>
    private static Tensor Pictures(ulong seed)
    {
        using var generator = new Seed(seed).On(CPU);
        var rough = randn([20, 3, Side, Side], float32, generator: generator);
        var soft = nn.functional.avg_pool2d(rough, 5, stride: 1, padding: 2) + nn.functional.avg_pool2d(rough, 11, stride: 1, padding: 5).mul(2);
        return ((soft / 3) + (0.05 * rough) + 0.5).clamp(0, 1);
    }

    private static Tensor Saved(Tensor images, int quality) => stack([.. Enumerable.Range(0, (int)images.shape[0]).Select(at =>
    {
        byte[] pixels = [.. (images[at].permute(1, 2, 0).contiguous() * 255).round().to_type(uint8).flatten().data<byte>()];
        var image = new PlantedImage(pixels, new(Side, Side, 3));
        image.Jpeg(quality);
        return tensor(image.Pixels).view(Side, Side, 3).permute(2, 0, 1).to_type(float32) / 255;
    })]);
}
