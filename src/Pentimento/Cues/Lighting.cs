using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>From which side the image is lit: how its brightness rises from left to right and from top to bottom.</summary>
/// <remarks>
/// Light that changes slowly multiplies what it falls on (Horn, 1974, "Determining lightness from an image"), so its logarithm is a plane: the one
/// that fits the logarithm of the pixels best, bright pixels counting more. Pixels are multiplied by the quotient of the two lights; how bright the
/// image is on the whole stays as it is.
/// </remarks>
internal sealed record Lighting : Cue
{
    // Below this a pixel is dark, whatever falls on it.
    private const double Dark = 0.05;

    // From one border to the other light changes by the exponential of twice this at most: beyond that it is what is shown.
    private const double Steepest = 1;

    // Of a plane that hardly any pixels support the slopes are zero.
    private const double Ridge = 0.02;

    // What differs from the plane by so much is of another material; the plane is fitted anew with that counting less.
    private const double Material = 0.3;
    private const int Rounds = 6;

    // Light changes slowly, so that larger images are made about so small.
    private const int Side = 32;

    internal override CueKind Kind => CueKind.Manner;

    // Of networks of digits and clothes, as they are or lit from random sides, nothing hung on it.
    internal override double HonestlyLost => 0.05;

    private protected override Tensor Put(Tensor images, Tensor donors)
    {
        var (x, y) = Axes(images);
        var slope = Of(donors) - Of(images);
        var lit = images * ((slope.select(1, 0).view(-1, 1, 1) * x) + (slope.select(1, 1).view(-1, 1, 1) * y)).exp().unsqueeze(1);
        return lit * (images.mean([1, 2, 3], keepdim: true) / lit.mean([1, 2, 3], keepdim: true).clamp(min: 1e-6));
    }

    private protected override Tensor Numbers(Tensor images) => 2 * Of(images);

    /// <summary>How the logarithm of the light rises along each axis, float32 (N, 2).</summary>
    private static Tensor Of(Tensor images)
    {
        using var scope = NewDisposeScope();
        var small = Detail.Shrunk(images.amax([1], keepdim: true), Side).squeeze(1);
        var (x, y) = Axes(small);
        var (bright, log) = (small.square(), small.clamp(min: Dark).log());
        var (weight, slopes) = (bright, zeros(images.shape[0], 2, device: images.device));
        for (var round = 0; round < Rounds; round++)
        {
            var total = weight.sum([1, 2], keepdim: true).clamp(min: 1e-6);
            Tensor Mean(Tensor of) => (weight * of).sum([1, 2], keepdim: true) / total;
            var (across, down, rise) = (x - Mean(x), y - Mean(y), log - Mean(log));
            var (a, b, c) = (Mean(across.square()) + Ridge, Mean(across * down), Mean(down.square()) + Ridge);
            var (p, q) = (Mean(across * rise), Mean(down * rise));
            var determinant = (a * c) - b.square();
            var (right, below) = (((c * p) - (b * q)) / determinant, ((a * q) - (b * p)) / determinant);
            slopes = cat([right.flatten(1), below.flatten(1)], 1);
            weight = bright * (-((rise - (right * across) - (below * down)) / Material).square()).exp();
        }

        return slopes.clamp(-Steepest, Steepest).MoveToOuterDisposeScope();
    }

    /// <summary>From -1 to 1 across and down, float32 (1, 1, W) and (1, H, 1).</summary>
    private static (Tensor Across, Tensor Down) Axes(Tensor images) => (
        linspace(-1, 1, images.shape[^1], float32, images.device).view(1, 1, -1),
        linspace(-1, 1, images.shape[^2], float32, images.device).view(1, -1, 1));
}
