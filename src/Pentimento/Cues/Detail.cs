using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>What is fine in an image, and what lies around a pixel.</summary>
internal static class Detail
{
    // What lies around is so far away, in parts of the image's shorter side.
    private const int Part = 12;
    private const int Rounds = 30;

    /// <summary>What is left of each pixel when the mean over a window is taken off.</summary>
    /// <param name="images">float32 (N, C, H, W).</param>
    /// <param name="window">How many pixels the window has on each side.</param>
    public static Tensor Of(Tensor images, int window) => images - Soft(images, window);

    /// <summary>The image of which these are the details, nothing beside the mask: what they lack, the mean over the window, is added to what is
    /// found so far, in some rounds.</summary>
    public static Tensor Raised(Tensor details, int window, Tensor mask)
    {
        var found = details;
        for (var round = 0; round < Rounds; round++) found = (details + Soft(found, window)) * mask;
        return found;
    }

    /// <summary>The images with means over squares of whole pixels, so large that the longer side is no longer than this; small ones as they are.
    /// </summary>
    public static Tensor Shrunk(Tensor images, int side)
    {
        var factor = (int)Math.Ceiling(Math.Max(images.shape[2], images.shape[3]) / (double)side);
        return factor > 1 ? nn.functional.avg_pool2d(images, factor) : images;
    }

    /// <summary>The mean over a square about each pixel, what lies beyond the border being zero.</summary>
    public static Tensor Around(Tensor images)
    {
        var reach = Math.Max(2, Math.Min(images.shape[2], images.shape[3]) / Part);
        var side = (2 * reach) + 1;
        var rows = nn.functional.avg_pool2d(images, [side, 1], stride: [1, 1], padding: [reach, 0]);
        return nn.functional.avg_pool2d(rows, [1, side], stride: [1, 1], padding: [0, reach]);
    }

    private static Tensor Soft(Tensor images, int window)
    {
        var reach = window / 2;
        var padded = nn.functional.pad(images, [reach, reach, reach, reach], TorchSharp.PaddingModes.Replicate);
        return nn.functional.avg_pool2d(padded, (2 * reach) + 1, stride: 1);
    }
}
