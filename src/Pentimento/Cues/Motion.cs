using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>Moves, scales and turns what stands out of an image, on its ground's colour.</summary>
internal static class Motion
{
    /// <summary>Samples each image at p -> from + matrix (p - to), places in pixels from the image's first.</summary>
    /// <param name="images">float32 (N, C, H, W).</param>
    /// <param name="matrix">float32 (N, 2, 2), acting on (column, row).</param>
    /// <param name="to">The places that do not move, where they are afterwards, float32 (N, 2): column, row.</param>
    /// <param name="from">Where they were before.</param>
    public static Tensor Sample(Tensor images, Tensor matrix, Tensor to, Tensor from)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (images.shape[2], images.shape[3]);
        // affine_grid works in units in which the image reaches from -1 to 1, its pixels' outer edges.
        var half = tensor([width / 2f, height / 2f]).to(images.device);
        var middle = tensor([(width - 1) / 2f, (height - 1) / 2f]).to(images.device);
        var scaled = matrix * half.view(1, 1, 2) / half.view(1, 2, 1);
        var shift = (from - middle - matrix.matmul((to - middle).unsqueeze(2)).squeeze(2)) / half;
        var ground = Foreground.Ground(images);
        var grid = nn.functional.affine_grid(cat([scaled, shift.unsqueeze(2)], 2), images.shape, align_corners: false);
        return (nn.functional.grid_sample((images - ground).contiguous(), grid, align_corners: false) + ground).MoveToOuterDisposeScope();
    }

    /// <summary>float32 (N, 2): column, row.</summary>
    public static Tensor Middle(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (row, column, _, _, _) = Foreground.Moments(Foreground.Intensity(images));
        return stack([column, row], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The matrix that leaves everything in its place, float32 (1, 2, 2).</summary>
    public static Tensor Still(Tensor images) => eye(2, dtype: float32, device: images.device).unsqueeze(0);
}
