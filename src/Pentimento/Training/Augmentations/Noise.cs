using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>Gaussian noise as in the tiers of painted sets: on a share of the images, each with one standard deviation for all its
/// values.</summary>
/// <remarks>Sietsma and Dow, 1991, "Creating artificial neural networks that generalize"; the amounts are the seed report's.</remarks>
/// <param name="Tiers">The names of the tiers joined by hyphens, as in z-m-h; each image draws one, so naming a tier twice makes it twice as
/// frequent.</param>
internal sealed record Noise(string Tiers = "h") : Augmentation
{
    /// <inheritdoc/>
    public override Supervision RequiredSupervision => Supervision.Corruption;

    /// <inheritdoc/>
    internal override Tensor Apply(Tensor images, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.For("noise").On(images.device);
        var draw = new TierDraw(Tiers, images.shape[0], images.device, generator);
        var deviation = draw.Uniform(tier => tier.Noise.Low, tier => tier.Noise.High) / 255 * draw.Bernoulli(tier => tier.NoiseProbability);
        var pixels = images.permute(0, 2, 3, 1);
        var noise = randn(pixels.shape, float32, images.device, generator: generator);
        return noise.mul_(deviation.view(-1, 1, 1, 1)).add_(pixels).clamp_(0, 1).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
