using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Carlini and Wagner's attack in L2: the smallest change that fools, weighed against the margin by a constant that is searched
/// for each image.</summary>
/// <remarks>
/// Carlini and Wagner, 2017, "Towards evaluating the robustness of neural networks", arXiv:1608.04644: |δ|² + c·f(x + δ), f = max(0, κ − margin),
/// Adam, and a binary search over c; the best change of all searches is kept. The change of variables is replaced by the paper's
/// other way to keep pixels valid, projected gradient descent (V.B): under the tangent a pixel that is exactly 0 or 1 does not move, and
/// painted digits consist of such pixels. An image leaves a search when a tenth of the steps has not lowered its own loss.
/// </remarks>
/// <param name="Confidence">κ, by how many logits the answer must be wrong.</param>
/// <param name="Searches">How many constants are tried for each image.</param>
/// <param name="Steps">Steps of Adam for each constant.</param>
/// <param name="LearningRate">Adam's, in pixels of [0, 1].</param>
/// <param name="Constant">c, the first one tried; ten times as much while it does not suffice.</param>
/// <param name="Radius">ε, the largest change of any pixel, in pixels of [0, 1]; 1 sets no limit.</param>
/// <param name="Targets">Where any wrong answer will do: how many of the likeliest other classes are aimed at besides, one after the other.
/// The margin leads to the
/// likeliest, which need not be the nearest; the paper aims at all.</param>
public sealed record CarliniWagner(
    [Range(0.0, 1000.0)] double Confidence = 0,
    [Range(1, 100)] int Searches = 9,
    [Range(1, 1_000_000)] int Steps = 1000,
    [Range(1e-9, 1.0)] double LearningRate = 0.01,
    [Range(1e-12, 1e6)] double Constant = 1e-3,
    [Range(0.0, 1.0)] double Radius = 1,
    [Range(0, 100_000)] int Targets = 0) : Attack
{
    private const int Checks = 10;
    private const double Progress = 0.9999;
    private const double MuchTooLarge = 1e10;

    /// <inheritdoc/>
    public override Norm? Minimal => Norm.L2;

    /// <inheritdoc/>
    public override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion aim, RunContext run)
    {
        using var scope = NewDisposeScope();
        var ball = Ball.Around(images, Norm.Linf, Radius);
        var best = new SmallestPerturbation(images);
        var logits = Answers(victim, images);
        var scale = LogitScale.Of(logits);
        best.Offer(images, aim.Reached(logits, Confidence), zeros(images.shape[0], device: images.device));
        // Images that fool as they are need no change.
        var needing = Rows.Where(best.Sizes.gt(0));
        var wishes = aim.Targeted ? [aim] : (BatchCriterion[])[aim, .. aim.Likeliest(logits, Targets)];
        for (var at = 0; at < wishes.Length; at++)
        {
            var part = run.Part(at, 1, wishes.Length);
            var constants = new Bisection(images.shape[0], Constant, MuchTooLarge, images.device);
            for (var search = 0; search < Searches && needing.shape[0] > 0; search++)
            {
                using var inner = NewDisposeScope();
                var found = Search(victim, images, ball, wishes[at], needing, (constants.At, scale), best, new Done(part, search * Steps, Searches * Steps));
                constants.Narrow(found, last: search == Searches - 2 && Searches >= 10);
            }
        }

        return best.Images.MoveToOuterDisposeScope();
    }

    private static Tensor Answers(Classifier victim, Tensor images)
    {
        using var still = no_grad();
        return victim.call(images);
    }

    /// <summary>Minimises with one constant an image; returns where that fooled, bool (B).</summary>
    private Tensor Search(
        Classifier victim,
        Tensor images,
        Ball ball,
        BatchCriterion aim,
        Tensor needing,
        (Tensor Constants, Tensor Scale) weights,
        SmallestPerturbation best,
        Done done)
    {
        using var scope = NewDisposeScope();
        var found = zeros(images.shape[0], ScalarType.Bool, images.device);
        using var open = new ActiveImages(aim, needing)
        {
            ["point"] = Rows.Pick(images, needing),
            ["loss"] = full(needing.shape[0], MuchTooLarge, device: images.device),
        };
        var adam = new PixelAdam(open, LearningRate);
        for (var step = 0; step < Steps && open.Count > 0; step++)
        {
            using var inner = NewDisposeScope();
            var (near, original) = (ball.Of(open.Places), Rows.Pick(images, open.Places));
            var (constant, scale) = (weights.Constants.index_select(0, open.Places), weights.Scale.index_select(0, open.Places).squeeze(1));
            var climb = LossGradient.Of(victim, open["point"], logits =>
                -constant * nn.functional.relu(Confidence - open.Criterion.Margin(logits)) / scale);
            var change = open["point"] - original;
            var size = change.square().sum([1, 2, 3]);
            var reached = open.Criterion.Reached(climb.Logits, Confidence);
            best.Offer(open["point"], reached, size.sqrt(), open.Places);
            found.index_copy_(0, open.Places, found.index_select(0, open.Places).logical_or(reached));
            adam.Descend((2 * change) - climb.Gradient, near);
            if ((step + 1) % Math.Max(1, Steps / Checks) == 0) Abort(open, size - climb.Scores);
            done.Report(step + 1);
        }

        return found.MoveToOuterDisposeScope();
    }

    private static void Abort(ActiveImages open, Tensor loss)
    {
        var stuck = loss.gt(Progress * open["loss"]);
        open["loss"] = loss;
        open.Leave(stuck);
    }

    /// <summary>Progress over all searches.</summary>
    private readonly struct Done(RunContext run, int before, int total)
    {
        public void Report(int step) => run.Report(new("carlini-wagner", before + step, total));
    }
}
