using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>Random straight lines over images as in the tiers of painted sets: between two uniform points, in one uniform color.</summary>
/// <remarks>DeVries and Taylor, 2017, "Improved regularization of convolutional neural networks with cutout", arXiv:1708.04552, hide
/// squares; the lines are the seed report's.</remarks>
/// <param name="Tiers">The names of the tiers joined by hyphens, as in z-m-h; each image draws one, so naming a tier twice makes it twice as
/// frequent.</param>
internal sealed record Strokes(string Tiers = "h") : Augmentation
{
    /// <inheritdoc/>
    public override Supervision RequiredSupervision => Supervision.Corruption;

    /// <inheritdoc/>
    internal override Tensor Apply(Tensor images, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.For("strokes").On(images.device);
        var draw = new TierDraw(Tiers, images.shape[0], images.device, generator);
        var count = draw.Bernoulli(tier => tier.StrokeProbability) * draw.Uniform(tier => tier.Strokes.Low, tier => tier.Strokes.High + 1).floor();
        var painted = images.permute(0, 2, 3, 1);
        for (var stroke = 0; stroke < draw.Max(tier => tier.Strokes.High); stroke++)
        {
            var thickness = draw.Uniform(tier => tier.Thickness.Low, tier => tier.Thickness.High);
            var color = rand(images.shape[0], 1, 1, images.shape[1], float32, images.device, generator: generator);
            var covered = Covered(images, thickness, generator).logical_and(count.gt(stroke).view(-1, 1, 1));
            painted = where(covered.unsqueeze(3), color, painted);
        }

        return painted.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The pixels, bool (N, H, W), whose centre lies within half the thickness of a random segment.</summary>
    private static Tensor Covered(Tensor images, Tensor thickness, Generator generator)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        Tensor Place(long most) => rand(images.shape[0], 1, 1, float32, images.device, generator: generator) * (most - 1);
        var (x1, y1, x2, y2) = (Place(width), Place(height), Place(width), Place(height));
        var (x, y) = (arange(width, float32, images.device).view(1, 1, -1), arange(height, float32, images.device).view(1, -1, 1));
        var (dx, dy) = (x2 - x1, y2 - y1);
        var along = ((((x - x1) * dx) + ((y - y1) * dy)) / ((dx * dx) + (dy * dy)).clamp(min: 1e-12)).clamp(0, 1);
        var distance = (x - x1 - (along * dx)).square() + (y - y1 - (along * dy)).square();
        return distance.le((thickness / 2).square().view(-1, 1, 1));
    }
}
