using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>Color swap: gives each image the tint and the brightness of another image of the batch, so that color is independent of the class,
/// whatever the palette.</summary>
/// <remarks>
/// Ours, in the spirit of the colour jitter of Howard, 2013, "Some improvements on deep convolutional neural network based image classification",
/// arXiv:1312.5402. An image's light is the largest of its channels and is first brought to a peak of 1: without that the peak alone would give the
/// colour, and with it the class, away. The new tint is the other image's mean colour, as bright as its brightest pixel. For figures on black ground.
/// </remarks>
internal sealed record TintSwap : Augmentation
{
    /// <inheritdoc/>
    public override Supervision RequiredSupervision => Supervision.Nuisance;

    /// <inheritdoc/>
    internal override Tensor Apply(Tensor images, Seed seed)
    {
        Require.That(images.shape[1] == 3, $"tint-swap needs RGB images, got {images.shape[1]} channel.");
        using var scope = NewDisposeScope();
        using var generator = seed.For("tint-swap").On(images.device);
        var pixels = images.permute(0, 2, 3, 1);
        var light = pixels.amax([3], keepdim: true);
        var peak = light.amax([1, 2], keepdim: true);
        var color = pixels.mean([1, 2], keepdim: true);
        var tint = color / color.amax([3], keepdim: true).clamp(min: 1e-6) * peak;
        var others = tint.index_select(0, randperm(images.shape[0], int64, images.device, generator: generator));
        return (light / peak.clamp(min: 1 / 255.0) * others).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
