using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>What of an image belongs to the object in its middle: the pixels that stand out from the ground and hang together with those in the
/// middle half. What stands out elsewhere, such as a tag in a corner, does not.</summary>
/// <remarks>Ours; regions are grown as in Adams and Bischof, 1994, "Seeded region growing", the middle being the seed.</remarks>
internal static class CentralObject
{
    private const double Least = 0.02;
    private const int Finest = 64;
    private const int Tried = 64;

    /// <summary>1 where the object covers a pixel, else 0, float32 (N, 1, H, W); nothing where the border is busy, so that no one colour is the
    /// ground.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1].</param>
    public static Tensor Of(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Enlarged(Rough(images), images.shape[2], images.shape[3]).MoveToOuterDisposeScope();
    }

    /// <summary>The same at 64 pixels a side at most, float32 (N, 1, h, w).</summary>
    public static Tensor Rough(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (count, height, width) = (images.shape[0], images.shape[2], images.shape[3]);
        var clear = Foreground.IsBusy(images).logical_not().view(-1, 1, 1, 1);
        var standing = Foreground.Intensity(images).gt(Least).logical_and(clear).to_type(float32);
        var rough = height <= Finest && width <= Finest
            ? standing : nn.functional.adaptive_max_pool2d(standing, [Math.Min(Finest, height), Math.Min(Finest, width)]);
        var (rows, columns) = ((int)rough.shape[2], (int)rough.shape[3]);
        var (pixels, grown) = (rough.cpu().contiguous().data<float>().ToArray(), new float[count * rows * columns]);
        var pending = new Stack<int>();
        for (var at = 0; at < count; at++)
        {
            var size = rows * columns;
            Grow(pixels.AsSpan(at * size, size), grown.AsSpan(at * size, size), rows, columns, pending);
        }

        return tensor(grown, device: images.device).view(count, 1, rows, columns).MoveToOuterDisposeScope();
    }

    /// <summary>Rough masks in the size of the images.</summary>
    public static Tensor Enlarged(Tensor rough, long height, long width) =>
        (rough.shape[2], rough.shape[3]) == (height, width) ? rough.alias() : nn.functional.interpolate(rough, [height, width]);

    /// <summary>Whether a set's pictures say where their objects are, or most have a border of one colour.</summary>
    public static bool IsClearIn(ImageSet set)
    {
        using var scope = NewDisposeScope();
        if (ImageCovers.Of(set) is not null) return true;
        using var places = tensor(set.Drawn(Tried), int64);
        return Foreground.IsBusy(Pixels.Batch(set, places)).to_type(float32).mean().item<float>() < 0.5;
    }

    /// <summary>The images without their objects, the ground's colour in their place.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1].</param>
    /// <param name="cover">float32 (N, 1, H, W) in [0, 1], what part of each pixel the objects cover.</param>
    public static Tensor Beside(Tensor images, Tensor cover) => images + (cover * (Foreground.Ground(images) - images));

    private static void Grow(ReadOnlySpan<float> standing, Span<float> grown, int rows, int columns, Stack<int> pending)
    {
        for (var row = rows / 4; row < rows - (rows / 4); row++)
        {
            for (var column = columns / 4; column < columns - (columns / 4); column++) Reach(row, column, standing, grown);
        }

        while (pending.TryPop(out var place))
        {
            var (row, column) = Math.DivRem(place, columns);
            for (var down = Math.Max(0, row - 1); down <= Math.Min(rows - 1, row + 1); down++)
            {
                for (var right = Math.Max(0, column - 1); right <= Math.Min(columns - 1, column + 1); right++) Reach(down, right, standing, grown);
            }
        }

        void Reach(int row, int column, ReadOnlySpan<float> standing, Span<float> grown)
        {
            var place = (row * columns) + column;
            if (standing[place] == 0 || grown[place] != 0) return;
            grown[place] = 1;
            pending.Push(place);
        }
    }
}
