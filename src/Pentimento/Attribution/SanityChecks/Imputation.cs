using static TorchSharp.torch;

namespace Pentimento.Attribution.SanityChecks;

/// <summary>Noisy linear imputation of removed pixels from their neighbours, so that the shape of the hole carries no information.</summary>
/// <remarks>
/// Rong et al., 2022, "A consistent and efficient evaluation strategy for attribution methods" (ROAD), arXiv:2202.00449, section 4: every removed
/// pixel is the weighted mean of its neighbours, 1/6 for direct and 1/12 for diagonal ones, plus a little noise. The linear equations of all
/// images are solved at once by conjugate gradients (Hestenes and Stiefel, 1952): their matrix is symmetric and positive.
/// </remarks>
internal static class Imputation
{
    private const double Noise = 0.01;
    private const double Tolerance = 1e-4;
    private const int MaximumSteps = 500;

    // Larger pictures begin with what half their size says: a hole's middle is then not as many steps away as it is wide.
    private const int SmallPicture = 64 * 64;

    /// <summary>Imputes the removed pixels of images, float32 (N, C, H, W).</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1].</param>
    /// <param name="removed">float32 (N, 1, H, W), 1 where removed.</param>
    /// <param name="seed">Determines the noise.</param>
    public static Tensor Fill(Tensor images, Tensor removed, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.On(images.device);
        var noise = Noise * randn(images.shape, float32, images.device, generator: generator);
        var filled = (images * (1 - removed)) + (removed * (Solve(images, removed) + noise));
        return filled.MoveToOuterDisposeScope();
    }

    /// <summary>Solves for the removed pixels without noise, 0 elsewhere.</summary>
    public static Tensor Solve(Tensor images, Tensor removed)
    {
        using var scope = NewDisposeScope();
        // Channels are images of their own.
        var known = (images * (1 - removed)).flatten(0, 1).unsqueeze(1);
        var holes = removed.expand_as(images).flatten(0, 1).unsqueeze(1).contiguous();
        var kernel = tensor(
            new float[] { 1 / 12f, 1 / 6f, 1 / 12f, 1 / 6f, 0, 1 / 6f, 1 / 12f, 1 / 6f, 1 / 12f },
            [1, 1, 3, 3],
            device: images.device);
        Tensor Neighbours(Tensor x) => nn.functional.conv2d(x, kernel, padding: [1, 1]);
        var weights = Neighbours(ones_like(known.slice(0, 0, 1, 1)));
        Tensor Equations(Tensor x) => holes * ((weights * x) - Neighbours(x));

        var solution = Guess(known, holes);
        var residual = (holes * Neighbours(known)) - Equations(solution);
        var (direction, energy) = (residual, Dot(residual, residual));
        for (var step = 0; step < MaximumSteps && residual.abs().max().item<float>() > Tolerance; step++)
        {
            using var inner = NewDisposeScope();
            var image = Equations(direction);
            // A system that is solved already must not divide by 0.
            var along = energy / Dot(direction, image).clamp(min: 1e-20);
            var next = residual - (along * image);
            var left = Dot(next, next);
            var turned = next + (left / energy.clamp(min: 1e-20) * direction);
            solution = (solution + (along * direction)).MoveToOuterDisposeScope();
            (residual, direction, energy) = (next.MoveToOuterDisposeScope(), turned.MoveToOuterDisposeScope(), left.MoveToOuterDisposeScope());
        }

        return solution.view(images.shape).MoveToOuterDisposeScope();
    }

    /// <summary>Zeros; of larger pictures the solution at half the size.</summary>
    private static Tensor Guess(Tensor known, Tensor holes)
    {
        if (known.shape[2] * known.shape[3] <= SmallPicture) return zeros_like(known);
        using var scope = NewDisposeScope();
        var seen = nn.functional.avg_pool2d(1 - holes, 2, ceil_mode: true);
        var half = nn.functional.avg_pool2d(known, 2, ceil_mode: true) / seen.clamp(min: 1e-6);
        var whole = half + Solve(half, seen.eq(0).to_type(float32));
        var large = nn.functional.interpolate(whole, [known.shape[2], known.shape[3]], mode: InterpolationMode.Bilinear, align_corners: false);
        return (holes * large).MoveToOuterDisposeScope();
    }

    private static Tensor Dot(Tensor one, Tensor other) => (one * other).sum([1, 2, 3], keepdim: true);
}
