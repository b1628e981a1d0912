using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Activation maximization by gradient ascent with jitter, a total variation penalty and a diversity term.</summary>
/// <remarks>
/// Olah, Mordvintsev and Schubert, 2017, "Feature visualization", Distill, doi:10.23915/distill.00007: jitter, total variation, diversity; the
/// improved approach of the report that this software implements. The gradient of each picture is measured in its own mean size, so that the
/// same smoothness suits channels of any scale. A picture without gradient, black or noise, starts at the real image of its channel's highest
/// activation.
/// </remarks>
/// <param name="Steps">Number of steps.</param>
/// <param name="Rate">Adam's learning rate, about the change of a pixel in one step.</param>
/// <param name="Jitter">The farthest shift, in pixels, in either direction; what leaves at one edge comes back at the other.</param>
/// <param name="Smoothness">The weight of the total variation penalty, in the gradient's mean size.</param>
/// <param name="Diversity">The weight of the diversity term between several pictures of one channel, in activations.</param>
[Called("jittered")]
internal sealed record JitteredAscent(
    [Range(1, 100_000)] int Steps = 256,
    [Range(1e-6, 10)] double Rate = 0.05,
    [Range(0, 100)] int Jitter = 2,
    [Range(0, 100)] double Smoothness = 0.5,
    [Range(0, 1e6)] double Diversity = 1) : Visualization
{
    // A sparse feature may be inactive on any noise: after so many steps the real image is tried.
    private const int NoiseUntil = 8;

    /// <inheritdoc/>
    private protected override Tensor DrawBatch(Classifier network, VisualizationTarget target, ImageSet natural, RunContext run)
    {
        using var scope = NewDisposeScope();
        var blank = ActivationAscent.Blank(network, target, run);
        // Several pictures of one channel must not start alike.
        var start = target.Copies > 1 ? ActivationAscent.Noise(blank, target, run.Seed.For("start")) : blank;
        Tensor? strongest = null;
        return new GradientAscent(Steps, Rate)
            .From(
                start,
                (pictures, step) => Gradient(network, target, pictures, new SplitMix64(run.Seed.For("jitter").For(step))),
                Smoothed,
                pictures => pictures.clamp_(0, 1),
                step =>
                    step <= NoiseUntil
                        ? ActivationAscent.Noise(blank, target, run.Seed.For("elsewhere").For(step))
                        : (strongest ??= Strongest(network, target, natural, run).MoveToOtherDisposeScope(scope)),
                run)
            .MoveToOuterDisposeScope();
    }

    /// <summary>For each picture the real image of its channel's highest activation, (B, C, H, W).</summary>
    private static Tensor Strongest(Classifier network, VisualizationTarget target, ImageSet natural, RunContext run)
    {
        using var scope = NewDisposeScope();
        var activations = PooledActivations.Of(network, natural, target.Layer, target.Reduction, run.WithoutProgress());
        int[] best = [.. target.Channels.Select(channel => TopImages.Of(activations[channel], 1)[0])];
        int[] owners = [.. best.SelectMany(owner => Enumerable.Repeat(owner, target.Copies))];
        return Pixels.Slice(natural.Pick(owners), 0, owners.Length).to(run.Device.ToTorch()).MoveToOuterDisposeScope();
    }

    private Tensor Gradient(Classifier network, VisualizationTarget target, Tensor pictures, SplitMix64 random)
    {
        using var scope = NewDisposeScope();
        var (down, across) = (random.Below((2 * Jitter) + 1) - Jitter, random.Below((2 * Jitter) + 1) - Jitter);
        var variable = pictures.roll([down, across], [2, 3]).detach().requires_grad_();
        var activations = network.Head(variable, target.Layer);
        var height = target.Own(activations).sum();
        if (target.Copies > 1 && Diversity > 0) height -= Diversity * GramSimilarity.Of(activations, target.Copies).sum();
        return Differentiation.Gradient(height, variable).roll([-down, -across], [2, 3]).MoveToOuterDisposeScope();
    }

    private Tensor Smoothed(Tensor pictures, Tensor direction)
    {
        using var scope = NewDisposeScope();
        var size = direction.abs().mean([1, 2, 3], keepdim: true) + 1e-12;
        return ((direction / size) - (Smoothness * TotalVariation.Gradient(pictures))).MoveToOuterDisposeScope();
    }
}
