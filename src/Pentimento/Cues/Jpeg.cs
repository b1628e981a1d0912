using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>What JPEG takes from images: the coefficients of a discrete cosine transform of blocks of eight pixels on a side become multiples of a
/// step, and colours are halved in size before.</summary>
/// <remarks>Wallace, 1992, "The JPEG still picture compression standard"; the steps of a quality from 1 to 100 are those of the Independent JPEG
/// Group: the tables of ITU-T T.81, annex K, scaled.</remarks>
internal static class Jpeg
{
    private const int Block = 8;
    private const float Middle = 128 / 255f;

    /// <summary>The qualities that are told apart, the coarsest first.</summary>
    public static readonly IReadOnlyList<int> Qualities = [.. Enumerable.Range(1, 19).Select(at => 5 * at)];

    private static readonly int[] Luma =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly int[] Chroma =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        .. Enumerable.Repeat(99, 32),
    ];

    // ITU-R BT.601, as JFIF has it: luma, then how far blue and red lie from it.
    private static readonly float[] Planes = [0.299f, 0.587f, 0.114f, -0.168736f, -0.331264f, 0.5f, 0.5f, -0.418688f, -0.081312f];

    /// <summary>The images as they are when they were saved and read again.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1].</param>
    /// <param name="qualities">int64 (N), the place of each one's quality.</param>
    public static Tensor Saved(Tensor images, Tensor qualities)
    {
        using var scope = NewDisposeScope();
        Tensor Of(Tensor plane, int[] table) => Rounded(plane, Steps(table, images).index_select(0, qualities).unsqueeze(2));
        if (images.shape[1] == 1) return (Of(images - Middle, Luma) + Middle).MoveToOuterDisposeScope();
        var planes = Separated(images);
        var halves = nn.functional.avg_pool2d(Padded(planes.narrow(1, 1, 2), 2), 2);
        var colors = cat([Of(halves.narrow(1, 0, 1), Chroma), Of(halves.narrow(1, 1, 1), Chroma)], 1);
        colors = nn.functional.interpolate(colors, scale_factor: [2, 2], mode: InterpolationMode.Bilinear, align_corners: false)
            .narrow(2, 0, images.shape[2]).narrow(3, 0, images.shape[3]);
        var whole = cat([Of(planes.narrow(1, 0, 1) - Middle, Luma) + Middle, colors], 1);
        return einsum("cp,nphw->nchw", linalg.inv(Matrix(images)), whole).MoveToOuterDisposeScope();
    }

    /// <summary>How far the luma of images lies from what each quality rounds it to, in parts of 255, float32 (N, qualities).</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1].</param>
    public static Tensor Distances(Tensor images)
    {
        var waves = Waves(Padded(Brightness(images) - Middle, Block));
        return stack(
            Steps(Luma, images).unbind().Select(steps =>
            {
                using var scope = NewDisposeScope();
                var step = steps.unsqueeze(1);
                return (255 * (waves - ((waves / step).round() * step)).square().mean([1, 2]).sqrt()).MoveToOuterDisposeScope();
            }),
            1);
    }

    /// <summary>How bright pixels are, as files keep it (luma), float32 (N, 1, H, W).</summary>
    public static Tensor Brightness(Tensor images) => images.shape[1] == 1 ? images : Separated(images).narrow(1, 0, 1);

    private static Tensor Separated(Tensor images) => einsum("pc,nchw->nphw", Matrix(images), images);

    private static Tensor Matrix(Tensor like) => tensor(Planes, device: like.device).view(3, 3);

    /// <summary>The steps of each quality, float32 (qualities, 64), in values from 0 to 1.</summary>
    private static Tensor Steps(int[] table, Tensor like)
    {
        var each = from quality in Qualities
                   let scale = quality < 50 ? 5000 / quality : 200 - (2 * quality)
                   from step in table
                   select Math.Clamp(((step * scale) + 50) / 100, 1, 255) / 255f;
        return tensor(each.ToArray(), device: like.device).view(Qualities.Count, Block * Block);
    }

    /// <summary>A plane (N, 1, H, W) with the coefficients of its blocks rounded to steps, float32 (N, 64, 1).</summary>
    private static Tensor Rounded(Tensor plane, Tensor steps)
    {
        using var scope = NewDisposeScope();
        var padded = Padded(plane, Block);
        var waves = Waves(padded);
        var (down, right) = (padded.shape[2] / Block, padded.shape[3] / Block);
        var blocks = ((waves / steps).round() * steps).view(-1, Block, Block, down, right);
        var cosines = Cosines(plane);
        return einsum("ui,nuvhw,vj->nhiwj", cosines, blocks, cosines).reshape(padded.shape).narrow(2, 0, plane.shape[2]).narrow(3, 0, plane.shape[3])
            .MoveToOuterDisposeScope();
    }

    /// <summary>The coefficients of each block, float32 (N, 64, blocks).</summary>
    private static Tensor Waves(Tensor padded)
    {
        var cosines = Cosines(padded);
        var blocks = padded.squeeze(1).unfold(1, Block, Block).unfold(2, Block, Block);
        return einsum("ui,nhwij,vj->nuvhw", cosines, blocks, cosines).flatten(3).flatten(1, 2);
    }

    /// <summary>Continued so that sides are multiples of something, as encoders do.</summary>
    private static Tensor Padded(Tensor planes, int multiple)
    {
        long Missing(int axis) => (multiple - (planes.shape[axis] % multiple)) % multiple;
        return nn.functional.pad(planes, [0, Missing(3), 0, Missing(2)], TorchSharp.PaddingModes.Replicate);
    }

    /// <summary>The discrete cosine transform of a row of a block, float32 (8, 8), orthonormal.</summary>
    private static Tensor Cosines(Tensor like)
    {
        var each = from wave in Enumerable.Range(0, Block)
                   from pixel in Enumerable.Range(0, Block)
                   select (float)(Math.Sqrt((wave == 0 ? 1.0 : 2.0) / Block) * Math.Cos(Math.PI * wave * ((2 * pixel) + 1) / (2 * Block)));
        return tensor(each.ToArray(), device: like.device).view(Block, Block);
    }
}
