using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Pentimento.Training.Augmentations;

/// <summary>Random translation by whole pixels, vertical and horizontal, padded with black.</summary>
/// <remarks>Simard, Steinkraus and Platt, 2003, "Best practices for convolutional neural networks applied to visual document analysis".</remarks>
/// <param name="Pixels">The largest translation in each direction, in pixels.</param>
internal sealed record Shift([Range(1, 1000)] int Pixels = 2) : Augmentation
{
    /// <inheritdoc/>
    public override Supervision RequiredSupervision => Supervision.Nothing;

    /// <inheritdoc/>
    internal override Tensor Apply(Tensor images, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.For("shift").On(images.device);
        var (count, height, width) = (images.shape[0], images.shape[2], images.shape[3]);
        Tensor Offset() => randint(0, (2 * Pixels) + 1, [count, 1, 1], int64, images.device, generator: generator);
        // A window of the image's own size somewhere in the image with a black frame.
        var padded = nn.functional.pad(images.permute(0, 2, 3, 1), [0, 0, Pixels, Pixels, Pixels, Pixels]);
        var rows = Offset() + arange(height, int64, images.device).view(1, -1, 1);
        var columns = Offset() + arange(width, int64, images.device).view(1, 1, -1);
        return padded.index(arange(count, int64, images.device).view(-1, 1, 1), rows, columns).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
