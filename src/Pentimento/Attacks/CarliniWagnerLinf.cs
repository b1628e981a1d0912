using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Carlini and Wagner's L∞ attack: penalises changes above a threshold, which is lowered as long as an adversarial image is
/// found.</summary>
/// <remarks>
/// Carlini and Wagner, 2017, "Towards evaluating the robustness of neural networks", arXiv:1608.04644, VI.C: c·f(x + δ) + Σ max(0, |δ| −
/// τ), minimised
/// anew from the last change for each τ; τ becomes nine tenths of the largest change that fooled, and c doubles where none did. Pixels stay
/// valid by projection, as in carlini-wagner. Each image has its own τ and c and leaves when no c suffices.
/// </remarks>
/// <param name="Confidence">κ, the margin in logits by which the prediction must be wrong.</param>
/// <param name="Steps">The most steps of Adam for one threshold.</param>
/// <param name="LearningRate">Adam's, in pixels of [0, 1]; no step is longer than half the threshold, so that none leaps over it.</param>
/// <param name="Constant">c, the first one.</param>
/// <param name="LargestConstant">c, the last one tried before an image is given up.</param>
/// <param name="Decay">How much of the threshold is left when the network was fooled.</param>
[Called("carlini-wagner-linf")]
internal sealed record CarliniWagnerLinf(
    [Range(0.0, 1000.0)] double Confidence = 0,
    [Range(1, 1_000_000)] int Steps = 1000,
    [Range(1e-9, 1.0)] double LearningRate = 5e-3,
    [Range(1e-12, 1e6)] double Constant = 1e-3,
    [Range(1e-12, 1e6)] double LargestConstant = 20,
    [Range(0.01, 0.99)] double Decay = 0.9) : Attack
{
    /// <inheritdoc/>
    internal override Norm? Minimal => Norm.Linf;

    /// <inheritdoc/>
    internal override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, RunContext run)
    {
        using var scope = NewDisposeScope();
        var smallest = new SmallestPerturbation(images);
        var logits = Logits(victim, images);
        smallest.Offer(images, criterion.Reached(logits, Confidence), zeros(images.shape[0], device: images.device));
        var needing = Rows.Where(smallest.Sizes.gt(0));
        using var active = new ActiveImages(criterion, needing)
        {
            ["original"] = Rows.Pick(images, needing),
            ["point"] = Rows.Pick(images, needing),
            ["constant"] = full(needing.shape[0], Constant, device: images.device),
            ["threshold"] = ones(needing.shape[0], device: images.device),
            ["scale"] = LogitScale.Of(logits).squeeze(1).index_select(0, needing),
        };
        while (active.Count > 0)
        {
            using var inner = NewDisposeScope();
            var found = Lower(victim, active, smallest, run);
            active["threshold"] = where(found, Decay * smallest.Sizes.index_select(0, active.Places), active["threshold"]);
            active["constant"] = where(found, active["constant"], active["constant"] * 2);
            // Beyond the bits of a float32 pixel there is nothing smaller to look for.
            active.Remove(active["constant"].gt(LargestConstant).logical_or(active["threshold"].lt(1e-6)));
            run.Report(new("carlini-wagner-linf", images.shape[0] - active.Count, images.shape[0]));
        }

        return smallest.Images.MoveToOuterDisposeScope();
    }

    private static Tensor Logits(Classifier victim, Tensor images)
    {
        using var noGrad = no_grad();
        return victim.call(images);
    }

    /// <summary>Minimises at the present thresholds; returns where an adversarial image within its threshold was found, bool (b).</summary>
    private Tensor Lower(Classifier victim, ActiveImages active, SmallestPerturbation smallest, RunContext run)
    {
        using var scope = NewDisposeScope();
        var found = zeros(active.Count, ScalarType.Bool, active.Places.device);
        using var working = new ActiveImages(active.Criterion, arange(active.Count, ScalarType.Int64, active.Places.device))
        {
            ["point"] = active["point"].clone(),
        };
        var adam = new PixelAdam(working, LearningRate);
        for (var step = 0; step < Steps && working.Count > 0; step++)
        {
            using var inner = NewDisposeScope();
            run.Report(new("carlini-wagner-linf", smallest.Sizes.shape[0] - active.Count, smallest.Sizes.shape[0]));
            var own = working.Places;
            var (original, threshold) = (Rows.Pick(active["original"], own), active["threshold"].index_select(0, own));
            var (constant, scale) = (active["constant"].index_select(0, own), active["scale"].index_select(0, own));
            var evaluated = LossGradient.Of(victim, working["point"], logits =>
                -constant * nn.functional.relu(Confidence - working.Criterion.Margin(logits)) / scale);
            var change = working["point"] - original;
            var size = change.abs().amax([1, 2, 3]);
            var done = working.Criterion.Reached(evaluated.Logits, Confidence).logical_and(size.le(threshold));
            smallest.Offer(working["point"], done, size, active.Places.index_select(0, own));
            found.index_fill_(0, own.index_select(0, Rows.Where(done)), true);
            var excess = change.sign() * change.abs().gt(threshold.view(-1, 1, 1, 1));
            adam.Descend(excess - evaluated.Gradient, Ball.Around(original, Norm.Linf, 1), threshold.view(-1, 1, 1, 1) / 2);
            active["point"].index_copy_(0, own, working["point"]);
            working.Remove(done);
        }

        return found.MoveToOuterDisposeScope();
    }
}
