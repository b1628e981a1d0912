using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Self-supervised training of a network's features: two views of an image are to have the same features, no two of which say the
/// same.</summary>
/// <remarks>
/// Zbontar, Jing, Misra, LeCun and Deny, 2021, "Barlow twins: self-supervised learning via redundancy reduction", arXiv:2103.03230, eq. 1, on the
/// features themselves instead of a projection of them. A view is a part of the image at a random place and size; its colors stay.
/// </remarks>
internal static class TwoViews
{
    private const double Smallest = 0.7;

    /// <summary>Trains all layers but the last.</summary>
    /// <param name="network">The network; its weights change.</param>
    /// <param name="set">The images; their labels are not read.</param>
    /// <param name="options">Optimizer, batch and number of epochs.</param>
    /// <param name="log">The folder of metrics and checkpoints.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    public static void Train(Classifier network, ImageSet set, TrainingOptions options, TrainingLog log, RunContext run)
    {
        Layer views = new("views", LayerKind.Other, Forward, network, Maps: false);
        Trainer.Train(
            new(network.Architecture, network.Shape, network.Classes, [views]), options with { Objective = Loss() }, new([set]), log, run);
        network.DropoutGenerator = null;
        network.eval();

        Tensor Forward(Tensor images, Classifier twin)
        {
            if (!twin.training) return network.call(images);
            network.DropoutGenerator = twin.DropoutGenerator;
            return cat([network.Open(View(images, twin.DropoutGenerator)).Features, network.Open(View(images, twin.DropoutGenerator)).Features], 1);
        }
    }

    /// <summary>A part of each image at a random place and size, as large as the image again.</summary>
    internal static Tensor View(Tensor images, Generator? generator)
    {
        using var scope = NewDisposeScope();
        var drawn = rand(images.shape[0], 3, float32, images.device, generator: generator);
        var size = Smallest + ((1 - Smallest) * drawn.narrow(1, 0, 1));
        // A part of this size stays inside if its middle is no further than this from the image's.
        var shift = ((2 * drawn.narrow(1, 1, 2)) - 1) * (1 - size);
        var none = zeros_like(size);
        var map = stack([cat([size, none, shift.narrow(1, 0, 1)], 1), cat([none, size, shift.narrow(1, 1, 1)], 1)], 1);
        var grid = nn.functional.affine_grid(map, images.shape, false);
        return nn.functional.grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, false).MoveToOuterDisposeScope();
    }

    /// <summary>Σ (1 - C_ii)² + λ Σ (C_ij)² over the cross-correlation C of both halves of the outputs, with the authors' λ.</summary>
    internal static Objective Loss(double offDiagonal = 5e-3) => new RedundancyReduction(offDiagonal);

    private sealed record RedundancyReduction(double OffDiagonal) : StatelessObjective
    {
        public override ObjectiveLoss Of(IReadOnlyList<EnvironmentOutput> environments, int step)
        {
            var halves = environments[0].Logits.chunk(2, 1);
            var correlation = Standardized(halves[0]).t().mm(Standardized(halves[1])) / halves[0].shape[0];
            var agree = correlation.diagonal();
            return new((1 - agree).square().sum() + (OffDiagonal * (correlation.square().sum() - agree.square().sum())));
        }

        private static Tensor Standardized(Tensor features)
        {
            var centered = features - features.mean([0], keepdim: true);
            return centered / (centered.square().mean([0], keepdim: true) + 1e-6).sqrt();
        }
    }
}
