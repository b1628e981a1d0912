using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Gradient ascent on an image that is shifted a little at every step and kept smooth, so that only what stands firm is drawn.</summary>
/// <remarks>
/// Olah, Mordvintsev and Schubert, 2017, "Feature visualization", Distill, doi:10.23915/distill.00007: jitter, total variation, diversity; the
/// improved approach of the report that this software implements. The gradient of each picture is measured in its own mean size, so that the
/// same smoothness suits loud and quiet channels. A picture that feels nothing, black or noise, starts at the real image that its channel
/// answers most.
/// </remarks>
/// <param name="Steps">How many steps are taken.</param>
/// <param name="Rate">Adam's learning rate, about the change of a pixel in one step.</param>
/// <param name="Jitter">The farthest shift, in pixels, in either direction; what leaves at one edge comes back at the other.</param>
/// <param name="Smoothness">How strongly a pixel is pulled to its neighbours, in the gradient's mean size.</param>
/// <param name="Diversity">How strongly several pictures of one channel are pushed apart, in activations.</param>
[Called("jittered")]
public sealed record JitteredAscent(
    [Range(1, 100_000)] int Steps = 256,
    [Range(1e-6, 10)] double Rate = 0.05,
    [Range(0, 100)] int Jitter = 2,
    [Range(0, 100)] double Smoothness = 0.5,
    [Range(0, 1e6)] double Diversity = 1) : Visualization
{
    // A sparse feature may answer to no noise at all: after so many steps the real image is tried.
    private const int NoiseUntil = 8;
    private const int Batch = 500;

    /// <inheritdoc/>
    public override Tensor Draw(Classifier network, VisualizationTarget goal, ImageSet natural, RunContext run)
    {
        using var scope = NewDisposeScope();
        var blank = ActivationAscent.Blank(network, goal, run);
        // Several pictures of one channel must not start alike.
        var start = goal.Copies > 1 ? ActivationAscent.Noise(blank, goal, run.Seed.For("start")) : blank;
        Tensor? strongest = null;
        return new GradientAscent(Steps, Rate)
            .From(
                start,
                (pictures, step) => Uphill(network, goal, pictures, new SplitMix64(run.Seed.For("jitter").For(step))),
                Smoothed,
                pictures => pictures.clamp_(0, 1),
                step =>
                    step <= NoiseUntil
                        ? ActivationAscent.Noise(blank, goal, run.Seed.For("elsewhere").For(step))
                        : (strongest ??= Strongest(network, goal, natural, run).MoveToOtherDisposeScope(scope)),
                run)
            .MoveToOuterDisposeScope();
    }

    /// <summary>For each picture the real image that its channel answers most, (B, C, H, W).</summary>
    private static Tensor Strongest(Classifier network, VisualizationTarget goal, ImageSet natural, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (pixels, answers) = (natural.Tensor(), new List<Tensor>());
        for (var start = 0L; start < natural.Count; start += Batch)
            answers.Add(goal.Reduction.Reduce(network.Head(Pixels.Slice(pixels, start, Batch).to(run.Device.ToTorch()), goal.Layer)));
        var best = cat(answers).argmax(0);
        var owners = goal.Channels.SelectMany(channel => Enumerable.Repeat(best[channel].item<long>(), goal.Copies)).ToArray();
        return stack([.. owners.Select(owner => Pixels.Slice(pixels, owner, 1).squeeze(0))]).to(run.Device.ToTorch()).MoveToOuterDisposeScope();
    }

    private Tensor Uphill(Classifier network, VisualizationTarget goal, Tensor pictures, SplitMix64 dice)
    {
        using var scope = NewDisposeScope();
        var (down, across) = (dice.Below((2 * Jitter) + 1) - Jitter, dice.Below((2 * Jitter) + 1) - Jitter);
        var variable = pictures.roll([down, across], [2, 3]).detach().requires_grad_();
        var activations = network.Head(variable, goal.Layer);
        var height = goal.Own(activations).sum();
        if (goal.Copies > 1 && Diversity > 0) height -= Diversity * GramSimilarity.Of(activations, goal.Copies).sum();
        return autograd.grad([height], [variable])[0].roll([-down, -across], [2, 3]).MoveToOuterDisposeScope();
    }

    private Tensor Smoothed(Tensor pictures, Tensor direction)
    {
        using var scope = NewDisposeScope();
        var size = direction.abs().mean([1, 2, 3], keepdim: true) + 1e-12;
        return ((direction / size) - (Smoothness * TotalVariation.Gradient(pictures))).MoveToOuterDisposeScope();
    }
}
