using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>Where images have something small.</summary>
/// <param name="cover">float32 (N, 1, H, W), 1 where it lies, 0 everywhere in an image without it.</param>
/// <param name="rows">int64 (N), the row of its middle.</param>
/// <param name="columns">int64 (N), the column of its middle.</param>
internal readonly struct Sighting(Tensor cover, Tensor rows, Tensor columns)
{
    // The side of what stands out, in parts of the image's shorter one.
    private const int Part = 6;

    private Tensor Cover { get; } = cover;

    private Tensor Rows { get; } = rows;

    private Tensor Columns { get; } = columns;

    /// <summary>The square that differs most from the image's ground.</summary>
    public static Sighting Standout(Tensor images)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var reach = Math.Max(1, Math.Min(height, width) / Part / 2);
        var mean = nn.functional.avg_pool2d((images - Foreground.Ground(images)).square().sum([1], keepdim: true), (2 * reach) + 1, stride: 1);
        var at = mean.flatten(1).argmax(1);
        var across = width - (2 * reach);
        var (rows, columns) = (at.div(across, RoundingMode.floor) + reach, at.remainder(across) + reach);
        Tensor Near(long count, Tensor middle) => (arange(count, device: images.device).view(1, -1) - middle.view(-1, 1)).abs().le(reach);
        return new(Near(height, rows).unsqueeze(2).logical_and(Near(width, columns).unsqueeze(1)).unsqueeze(1).to_type(float32), rows, columns);
    }

    /// <summary>The mean colour of what is seen, float32 (N, C).</summary>
    public Tensor Numbers(Tensor images) => (images * Cover).sum([2, 3]) / Cover.sum([2, 3]).clamp(min: 1);

    /// <summary>The images with what their donors have in place of their own: where they had it, or else where the donor has it.</summary>
    /// <param name="images">float32 (N, C, H, W).</param>
    /// <param name="own">Where they have something.</param>
    /// <param name="donors">float32 (N, C, H, W).</param>
    /// <param name="given">Where the donors have something.</param>
    public static Tensor Exchanged(Tensor images, Sighting own, Tensor donors, Sighting given)
    {
        // What it hides is taken to be what lies around it.
        var free = 1 - own.Cover;
        var (near, far) = (Detail.Around(free), (images * free).sum([2, 3], keepdim: true) / free.sum([2, 3], keepdim: true).clamp(min: 1));
        var filled = where(near.gt(0), Detail.Around(images * free) / near.clamp(min: 1e-6), far);
        var bare = (free * images) + (own.Cover * filled);
        var isOwn = own.Cover.amax([1, 2, 3]).gt(0);
        var (down, right) = (where(isOwn, own.Rows - given.Rows, 0), where(isOwn, own.Columns - given.Columns, 0));
        var moved = Moved(cat([donors, given.Cover], 1), down, right);
        var (laid, over) = (moved.slice(1, 0, donors.shape[1], 1), moved.slice(1, donors.shape[1], donors.shape[1] + 1, 1));
        return (over * laid) + ((1 - over) * bare);
    }

    /// <summary>Each image moved by its own number of rows and columns, zero where nothing comes from.</summary>
    private static Tensor Moved(Tensor images, Tensor down, Tensor right)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var rows = arange(height, device: images.device).view(1, -1, 1) - down.view(-1, 1, 1);
        var columns = arange(width, device: images.device).view(1, 1, -1) - right.view(-1, 1, 1);
        var isInside = rows.ge(0).logical_and(rows.lt(height)).logical_and(columns.ge(0)).logical_and(columns.lt(width));
        var from = ((rows.clamp(0, height - 1) * width) + columns.clamp(0, width - 1)).flatten(1).unsqueeze(1).expand(-1, images.shape[1], -1);
        return images.flatten(2).gather(2, from).view(images.shape) * isInside.unsqueeze(1).to_type(float32);
    }
}
