using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Activation maximization in the Fourier domain, with the color statistics of the user's own images.</summary>
/// <remarks>
/// Olah, Mordvintsev and Schubert, 2017, "Feature visualization", Distill, "preconditioning": waves weighted by 1/frequency, colours decorrelated.
/// The statistics of colour are measured on the images given: those of natural photographs would paint the very colour under study.
/// </remarks>
/// <param name="Steps">Number of steps.</param>
/// <param name="Rate">Adam's learning rate, about the change of a wave's amplitude in one step.</param>
/// <param name="Jitter">The farthest shift, in pixels, in either direction.</param>
/// <param name="Decay">The exponent of the frequency weighting, by frequency to the power of minus this; Horama's choice, as an image of few pixels
/// is soon all noise at Lucid's 1.</param>
[Called("fourier")]
internal sealed record FourierAscent(
    [Range(1, 100_000)] int Steps = 256,
    [Range(1e-6, 10)] double Rate = 0.05,
    [Range(0, 100)] int Jitter = 2,
    [Range(0, 4)] double Decay = 1.5) : Visualization
{
    private const double Faint = 0.01;

    /// <inheritdoc/>
    private protected override Tensor DrawBatch(Classifier network, VisualizationTarget target, ImageSet natural, RunContext run)
    {
        using var scope = NewDisposeScope();
        var (shape, device) = (network.Shape, run.Device.ToTorch());
        var (colors, weights) = (ForegroundColorStatistics.Of(natural), Weights(shape).to(device));
        var mixing = tensor(colors.Mixing, float32).view(shape.Channels, shape.Channels).to(device);
        Tensor Paint(Tensor waves)
        {
            using var inner = NewDisposeScope();
            var planes = fft.irfft2(view_as_complex(waves * weights), [shape.Height, shape.Width]);
            var mixed = mixing.matmul(planes.flatten(2)).view(planes.shape);
            return (mixed + tensor(colors.Middle, float32).view(1, -1, 1, 1).to(device)).sigmoid().MoveToOuterDisposeScope();
        }

        Tensor Gradient(Tensor waves, int step)
        {
            using var inner = NewDisposeScope();
            var random = new SplitMix64(run.Seed.For("jitter").For(step));
            var variable = waves.detach().requires_grad_();
            var shifted = Paint(variable).roll([random.Below((2 * Jitter) + 1) - Jitter, random.Below((2 * Jitter) + 1) - Jitter], [2, 3]);
            return Differentiation.Gradient(target.Own(network.Head(shifted, target.Layer)).sum(), variable).MoveToOuterDisposeScope();
        }

        Tensor Start(Seed seed) =>
            target.Random(
                random => Faint * randn([shape.Channels, shape.Height, (shape.Width / 2) + 1, 2], float32, device, generator: random),
                seed,
                device);

        var found = new GradientAscent(Steps, Rate).From(
            Start(run.Seed.For("start")),
            Gradient,
            (_, direction) => direction,
            waves => waves,
            step => Start(run.Seed.For("elsewhere").For(step)) / Faint,
            run);
        return Paint(found).MoveToOuterDisposeScope();
    }

    /// <summary>What each wave (H, W/2 + 1, 1) weighs, the slowest counted as one wave an image; scaled as Lucid scales, so that a wave's
    /// amplitude is about a pixel's.</summary>
    private Tensor Weights(ImageShape shape)
    {
        var frequencies = (fft.fftfreq(shape.Height).view(-1, 1).square() + fft.rfftfreq(shape.Width).view(1, -1).square()).sqrt();
        var slowest = 1.0 / Math.Max(shape.Height, shape.Width);
        var scale = Math.Sqrt(shape.Height * shape.Width) / (4 * slowest);
        return (scale * (slowest / frequencies.clamp(min: slowest)).pow(Decay)).unsqueeze(2).to_type(float32);
    }
}
