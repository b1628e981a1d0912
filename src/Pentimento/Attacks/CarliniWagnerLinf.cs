using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Carlini and Wagner's attack in L∞: only what exceeds a threshold is penalised, and the threshold falls as long as the network
/// is fooled.</summary>
/// <remarks>
/// Carlini and Wagner, 2017, "Towards evaluating the robustness of neural networks", arXiv:1608.04644, VI.C: c·f(x + δ) + Σ max(0, |δ| −
/// τ), minimised
/// anew from the last change for each τ; τ becomes nine tenths of the largest change that fooled, and c doubles where none did. Pixels stay
/// valid by projection, as in carlini-wagner. Each image has its own τ and c and leaves when no c suffices.
/// </remarks>
/// <param name="Confidence">κ, by how many logits the answer must be wrong.</param>
/// <param name="Steps">The most steps of Adam for one threshold.</param>
/// <param name="LearningRate">Adam's, in pixels of [0, 1]; no step is longer than half the threshold, so that none leaps over it.</param>
/// <param name="Constant">c, the first one.</param>
/// <param name="LargestConstant">c, the last one tried before an image is given up.</param>
/// <param name="Decay">How much of the threshold is left when the network was fooled.</param>
[Called("carlini-wagner-linf")]
public sealed record CarliniWagnerLinf(
    [Range(0.0, 1000.0)] double Confidence = 0,
    [Range(1, 1_000_000)] int Steps = 1000,
    [Range(1e-9, 1.0)] double LearningRate = 5e-3,
    [Range(1e-12, 1e6)] double Constant = 1e-3,
    [Range(1e-12, 1e6)] double LargestConstant = 20,
    [Range(0.01, 0.99)] double Decay = 0.9) : Attack
{
    /// <inheritdoc/>
    public override Norm? Minimal => Norm.Linf;

    /// <inheritdoc/>
    public override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion aim, RunContext run)
    {
        using var scope = NewDisposeScope();
        var best = new SmallestPerturbation(images);
        var logits = Answers(victim, images);
        best.Offer(images, aim.Reached(logits, Confidence), zeros(images.shape[0], device: images.device));
        var needing = Rows.Where(best.Sizes.gt(0));
        using var open = new ActiveImages(aim, needing)
        {
            ["original"] = Rows.Pick(images, needing),
            ["point"] = Rows.Pick(images, needing),
            ["constant"] = full(needing.shape[0], Constant, device: images.device),
            ["threshold"] = ones(needing.shape[0], device: images.device),
            ["scale"] = LogitScale.Of(logits).squeeze(1).index_select(0, needing),
        };
        while (open.Count > 0)
        {
            using var inner = NewDisposeScope();
            var found = Lower(victim, open, best, run);
            open["threshold"] = where(found, Decay * best.Sizes.index_select(0, open.Places), open["threshold"]);
            open["constant"] = where(found, open["constant"], open["constant"] * 2);
            // Beyond the bits of a float32 pixel there is nothing smaller to look for.
            open.Leave(open["constant"].gt(LargestConstant).logical_or(open["threshold"].lt(1e-6)));
            run.Report(new("carlini-wagner-linf", images.shape[0] - open.Count, images.shape[0]));
        }

        return best.Images.MoveToOuterDisposeScope();
    }

    private static Tensor Answers(Classifier victim, Tensor images)
    {
        using var still = no_grad();
        return victim.call(images);
    }

    /// <summary>Minimises at the present thresholds; returns who was fooled within his, bool (b).</summary>
    private Tensor Lower(Classifier victim, ActiveImages open, SmallestPerturbation best, RunContext run)
    {
        using var scope = NewDisposeScope();
        var found = zeros(open.Count, ScalarType.Bool, open.Places.device);
        using var working = new ActiveImages(open.Criterion, arange(open.Count, ScalarType.Int64, open.Places.device))
        {
            ["point"] = open["point"].clone(),
        };
        var adam = new PixelAdam(working, LearningRate);
        for (var step = 0; step < Steps && working.Count > 0; step++)
        {
            using var inner = NewDisposeScope();
            run.Report(new("carlini-wagner-linf", best.Sizes.shape[0] - open.Count, best.Sizes.shape[0]));
            var own = working.Places;
            var (original, threshold) = (Rows.Pick(open["original"], own), open["threshold"].index_select(0, own));
            var (constant, scale) = (open["constant"].index_select(0, own), open["scale"].index_select(0, own));
            var climb = LossGradient.Of(victim, working["point"], logits =>
                -constant * nn.functional.relu(Confidence - working.Criterion.Margin(logits)) / scale);
            var change = working["point"] - original;
            var size = change.abs().amax([1, 2, 3]);
            var done = working.Criterion.Reached(climb.Logits, Confidence).logical_and(size.le(threshold));
            best.Offer(working["point"], done, size, open.Places.index_select(0, own));
            found.index_fill_(0, own.index_select(0, Rows.Where(done)), true);
            var excess = change.sign() * change.abs().gt(threshold.view(-1, 1, 1, 1));
            adam.Descend(excess - climb.Gradient, Ball.Around(original, Norm.Linf, 1), threshold.view(-1, 1, 1, 1) / 2);
            open["point"].index_copy_(0, own, working["point"]);
            working.Leave(done);
        }

        return found.MoveToOuterDisposeScope();
    }
}
