using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Activation maximization by plain gradient ascent from a black image, without regularization.</summary>
/// <remarks>Erhan et al., 2009, "Visualizing higher-layer features of a deep network"; the first approach of the report that this software
/// implements.</remarks>
/// <param name="Steps">Number of steps.</param>
/// <param name="Rate">Adam's learning rate, about the change of a pixel in one step.</param>
[Called("ascent")]
internal sealed record ActivationAscent([Range(1, 100_000)] int Steps = 256, [Range(1e-6, 10)] double Rate = 0.05) : Visualization
{
    /// <inheritdoc/>
    private protected override Tensor DrawBatch(Classifier network, VisualizationTarget target, ImageSet natural, RunContext run)
    {
        using var scope = NewDisposeScope();
        var blank = Blank(network, target, run);
        return new GradientAscent(Steps, Rate).From(
            blank, (pictures, _) => Gradient(network, target, pictures), (_, direction) => direction, pictures => pictures.clamp_(0, 1),
            step => Noise(blank, target, run.Seed.For("elsewhere").For(step)), run).MoveToOuterDisposeScope();
    }

    /// <summary>Black images (B, C, H, W), channels-last in memory.</summary>
    internal static Tensor Blank(Classifier network, VisualizationTarget target, RunContext run) =>
        zeros(target.Count, network.Shape.Height, network.Shape.Width, network.Shape.Channels, device: run.Device.ToTorch()).permute(0, 3, 1, 2);

    /// <summary>The gradient of each picture's own activation, (B, C, H, W).</summary>
    internal static Tensor Gradient(Classifier network, VisualizationTarget target, Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var variable = pictures.detach().requires_grad_();
        // Pictures do not touch each other, so the gradient of the sum holds each picture's own.
        return Differentiation.Gradient(target.Own(network.Head(variable, target.Layer)).sum(), variable).MoveToOuterDisposeScope();
    }

    /// <summary>Random pictures like these.</summary>
    internal static Tensor Noise(Tensor like, VisualizationTarget target, Seed seed) =>
        target.Random(random => rand(like.shape[1..], like.dtype, like.device, generator: random), seed, like.device);
}
