using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>A small thing that most images of one class have alike to the pixel, wherever it lies.</summary>
/// <param name="values">C * h * w, what it looks like.</param>
/// <param name="mask">h * w, 1 where it covers what lies below.</param>
/// <param name="height">h.</param>
/// <param name="width">w.</param>
internal sealed class ClassSticker(float[] values, float[] mask, int height, int width)
{
    // An image has it where its pixels differ by less in the mean (the root of the mean square).
    private const double Tolerance = 0.08;

    /// <summary>Its size, in pixels.</summary>
    public (int Height, int Width) Size => (height, width);

    /// <summary>Where it fits best, as a place among the image's (H - h + 1) * (W - w + 1), int64 (N), and whether the image has it there, bool (N).
    /// </summary>
    /// <param name="images">float32 (N, C, H, W).</param>
    public (Tensor Places, Tensor IsThere) Found(Tensor images)
    {
        using var scope = NewDisposeScope();
        var channels = images.shape[1];
        var look = tensor(values, device: images.device).view(1, channels, height, width);
        var covers = Mask(images.device).expand(1, channels, -1, -1);
        // The sum of squared differences, written out, so that each part is a convolution.
        var squares = nn.functional.conv2d(images.square(), covers) - (2 * nn.functional.conv2d(images, look * covers))
            + (look * covers * look).sum();
        var (least, at) = (squares.flatten(1) / covers.sum()).min(1);
        return (at.MoveToOuterDisposeScope(), least.le(Tolerance * Tolerance).MoveToOuterDisposeScope());
    }

    /// <summary>float32 (1, 1, h, w), 1 where it covers what lies below.</summary>
    public Tensor Mask(TorchSharp.torch.Device device) => tensor(mask, device: device).view(1, 1, height, width);
}
