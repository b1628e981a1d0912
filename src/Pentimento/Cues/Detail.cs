using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>What is fine in an image, and what lies around a pixel.</summary>
internal static class Detail
{
    // What lies around is so far away, in parts of the image's shorter side.
    private const int Part = 12;
    private const int Rounds = 30;
    private const int Square = 8;

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

    /// <summary>Details whose squares of eight pixels change places, so that they are as many as they were and show nothing; what is left at the
    /// borders is zero.</summary>
    public static Tensor Shuffled(Tensor details)
    {
        var (down, right) = (details.shape[2] / Square, details.shape[3] / Square);
        var (height, width) = (down * Square, right * Square);
        var squares = details.narrow(2, 0, height).narrow(3, 0, width).reshape(-1, details.shape[1], down, Square, right, Square)
            .permute(0, 1, 3, 5, 2, 4).flatten(4);
        var round = new SplitMix64(new Seed(0).For("details")).Shuffled(Enumerable.Range(0, (int)(down * right)).Select(at => (long)at));
        // Each gets the next one's in a round, so that none stays where it was.
        var order = zeros(round.Length, int64, details.device);
        order.index_copy_(0, tensor(round, int64, details.device), tensor((long[])[.. round.Skip(1), .. round.Take(1)], int64, details.device));
        var mixed = squares.index_select(4, order).view(-1, details.shape[1], Square, Square, down, right).permute(0, 1, 4, 2, 5, 3)
            .reshape(-1, details.shape[1], height, width);
        return nn.functional.pad(mixed, [0, details.shape[3] - width, 0, details.shape[2] - height]);
    }

    private static Tensor Soft(Tensor images, int window)
    {
        var reach = window / 2;
        var padded = nn.functional.pad(images, [reach, reach, reach, reach], TorchSharp.PaddingModes.Replicate);
        return nn.functional.avg_pool2d(padded, (2 * reach) + 1, stride: 1);
    }
}
