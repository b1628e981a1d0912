using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Total variation of images: the sum of the absolute differences to the right and downwards.</summary>
/// <remarks>Rudin, Osher and Fatemi, 1992, "Nonlinear total variation based noise removal algorithms", in its anisotropic form; Mahendran
/// and Vedaldi, 2015, arXiv:1412.0035.</remarks>
internal static class TotalVariation
{
    /// <summary>The variation of each channel, (N, C), of images (N, C, H, W).</summary>
    public static Tensor Of(Tensor images)
    {
        using var scope = NewDisposeScope();
        return (images.diff(1, 3).abs().sum([2, 3]) + images.diff(1, 2).abs().sum([2, 3])).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of the total variation by each pixel, -4..4, (N, C, H, W).</summary>
    public static Tensor Gradient(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (across, down) = (images.diff(1, 3).sign(), images.diff(1, 2).sign());
        // A pixel is pulled towards its neighbours: the difference to the one before, less the difference to the one after.
        var gradient =
            nn.functional.pad(across, [1, 0])
            - nn.functional.pad(across, [0, 1])
            + nn.functional.pad(down, [0, 0, 1, 0])
            - nn.functional.pad(down, [0, 0, 0, 1]);
        return gradient.MoveToOuterDisposeScope();
    }
}
