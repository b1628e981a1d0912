using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Carlini and Wagner's L2 attack: minimises the perturbation's norm plus a constant times the margin loss, with a binary search over
/// the constant for each image.</summary>
/// <remarks>
/// Carlini and Wagner, 2017, "Towards evaluating the robustness of neural networks", arXiv:1608.04644: |δ|² + c·f(x + δ), f = max(0, κ − margin),
/// Adam, and a binary search over c; the best change of all searches is kept. The change of variables is replaced by the paper's
/// other way to keep pixels valid, projected gradient descent (V.B): under the tangent a pixel that is exactly 0 or 1 does not move, and
/// painted digits consist of such pixels. An image leaves a search when a tenth of the steps has not lowered its own loss.
/// </remarks>
/// <param name="Confidence">κ, the margin in logits by which the prediction must be wrong.</param>
/// <param name="Searches">How many constants are tried for each image.</param>
/// <param name="Steps">Steps of Adam for each constant.</param>
/// <param name="LearningRate">Adam's, in pixels of [0, 1].</param>
/// <param name="Constant">c, the first one tried; ten times as much while it does not suffice.</param>
/// <param name="Radius">ε, the largest change of any pixel, in pixels of [0, 1]; 1 sets no limit.</param>
/// <param name="Targets">For untargeted attacks: how many of the likeliest other classes are targeted besides, one after the other.
/// The margin leads to the
/// likeliest, which need not be the nearest; the paper targets all. Each begins with the constants that the margin ended with.</param>
internal sealed record CarliniWagner(
    [Range(0.0, 1000.0)] double Confidence = 0,
    [Range(1, 100)] int Searches = 9,
    [Range(1, 1_000_000)] int Steps = 1000,
    [Range(1e-9, 1.0)] double LearningRate = 0.01,
    [Range(1e-12, 1e6)] double Constant = 1e-3,
    [Range(0.0, 1.0)] double Radius = 1,
    [Range(0, 100_000)] int Targets = 3) : Attack
{
    private const int Checks = 10;

    // What sufficed for the margin is about right for a target.
    private const int SearchesOfATarget = 3;
    private const double Progress = 0.9999;
    private const double MuchTooLarge = 1e10;

    /// <inheritdoc/>
    internal override Norm? Minimal => Norm.L2;

    /// <inheritdoc/>
    internal override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, RunContext run)
    {
        using var scope = NewDisposeScope();
        var ball = Ball.Around(images, Norm.Linf, Radius);
        var smallest = new SmallestPerturbation(images);
        var logits = Logits(victim, images);
        var scale = LogitScale.Of(logits);
        smallest.Offer(images, criterion.Reached(logits, Confidence), zeros(images.shape[0], device: images.device));
        // Images that fool as they are need no change.
        var needing = Rows.Where(smallest.Sizes.gt(0));
        var objectives = criterion.Targeted ? [criterion] : (BatchCriterion[])[criterion, .. criterion.Likeliest(logits, Targets)];
        var untargeted = new Bisection(images.shape[0], Constant, MuchTooLarge, images.device);
        for (var at = 0; at < objectives.Length; at++)
        {
            var part = run.Part(at, 1, objectives.Length);
            var (constants, searches) = at == 0 ? (untargeted, Searches) : (untargeted.Again(), Math.Min(Searches, SearchesOfATarget));
            for (var search = 0; search < searches && needing.shape[0] > 0; search++)
            {
                using var inner = NewDisposeScope();
                var done = new Done(part, search * Steps, searches * Steps);
                var found = Search(victim, images, ball, objectives[at], needing, (constants.At, scale), smallest, done);
                constants.Narrow(found, last: search == searches - 2 && searches >= 10);
            }
        }

        return smallest.Images.MoveToOuterDisposeScope();
    }

    private static Tensor Logits(Classifier victim, Tensor images)
    {
        using var noGrad = no_grad();
        return victim.call(images);
    }

    /// <summary>Minimises with one constant for each image; returns where an adversarial image was found, bool (B).</summary>
    private Tensor Search(
        Classifier victim,
        Tensor images,
        Ball ball,
        BatchCriterion criterion,
        Tensor needing,
        (Tensor Constants, Tensor Scale) weights,
        SmallestPerturbation smallest,
        Done done)
    {
        using var scope = NewDisposeScope();
        var found = zeros(images.shape[0], ScalarType.Bool, images.device);
        using var active = new ActiveImages(criterion, needing)
        {
            ["point"] = Rows.Pick(images, needing),
            ["loss"] = full(needing.shape[0], MuchTooLarge, device: images.device),
        };
        var adam = new PixelAdam(active, LearningRate);
        for (var step = 0; step < Steps && active.Count > 0; step++)
        {
            using var inner = NewDisposeScope();
            var (near, original) = (ball.Of(active.Places), Rows.Pick(images, active.Places));
            var (constant, scale) = (weights.Constants.index_select(0, active.Places), weights.Scale.index_select(0, active.Places).squeeze(1));
            var evaluated = LossGradient.Of(victim, active["point"], logits =>
                -constant * nn.functional.relu(Confidence - active.Criterion.Margin(logits)) / scale);
            var change = active["point"] - original;
            var size = change.square().sum([1, 2, 3]);
            var reached = active.Criterion.Reached(evaluated.Logits, Confidence);
            smallest.Offer(active["point"], reached, size.sqrt(), active.Places);
            found.index_copy_(0, active.Places, found.index_select(0, active.Places).logical_or(reached));
            adam.Descend((2 * change) - evaluated.Gradient, near);
            if ((step + 1) % Math.Max(1, Steps / Checks) == 0) Abort(active, size - evaluated.Scores);
            done.Report(step + 1);
        }

        return found.MoveToOuterDisposeScope();
    }

    private static void Abort(ActiveImages active, Tensor loss)
    {
        var stuck = loss.gt(Progress * active["loss"]);
        active["loss"] = loss;
        active.Remove(stuck);
    }

    /// <summary>Progress over all searches.</summary>
    private readonly struct Done(RunContext run, int before, int total)
    {
        public void Report(int step) => run.Report(new("carlini-wagner", before + step, total));
    }
}
