using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Climbing the cross-entropy within a ball, with or without momentum.</summary>
/// <param name="victim">The network to fool.</param>
/// <param name="steps">How many steps are taken.</param>
/// <param name="size">The change in each step, from 0.</param>
/// <param name="momentum">μ, how much of the former direction stays; 0 follows the gradient alone.</param>
/// <param name="name">What progress is called.</param>
/// <param name="starts">How many ascents there will be, for progress.</param>
internal sealed class ProjectedAscent(Classifier victim, int steps, Func<int, double> size, double momentum, string name, int starts = 1)
{
    /// <summary>Climbs from a start: the last point, or, where that one does not fool, the last that did; and which images are fooled, bool
    /// (B).</summary>
    public (Tensor Points, Tensor Fooled) From(Tensor start, Ball ball, BatchCriterion aim, int round, RunContext run)
    {
        using var scope = NewDisposeScope();
        var point = start.clone();
        var (best, fooled) = (start.clone(), zeros(start.shape[0], ScalarType.Bool, start.device));
        var direction = zeros_like(start);
        var scale = ones(start.shape[0], 1, device: start.device);
        for (var step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            var climb = LossGradient.Of(victim, point, logits =>
            {
                // One scale for the whole ascent: losses of different ones are no measure of progress.
                if (step == 0) scale.copy_(LogitScale.ForCrossEntropy(logits.detach(), aim));
                return Score.CrossEntropy(logits / scale, aim);
            });
            Keep(point, aim.Reached(climb.Logits), best, fooled);
            if (momentum > 0) direction.mul_(momentum).add_(climb.Gradient / Mean(climb.Gradient));
            var uphill = ball.Steepest(momentum > 0 ? direction : climb.Gradient);
            point.copy_(ball.Project(point + (size(step) * uphill)));
            run.Report(new(name, (round * steps) + step + 1, (long)starts * steps));
        }

        using (no_grad()) Keep(point, aim.Reached(victim.call(point)), best, fooled);
        var ends = where(fooled.view(-1, 1, 1, 1), best, point);
        return (ends.MoveToOuterDisposeScope(), fooled.MoveToOuterDisposeScope());
    }

    private static void Keep(Tensor point, Tensor reached, Tensor best, Tensor fooled)
    {
        best.copy_(where(reached.view(-1, 1, 1, 1), point, best));
        fooled.logical_or_(reached);
    }

    // Eq. 6 of Dong et al. divides by the L1 length; the mean differs from it by a factor that the sign does not see.
    private static Tensor Mean(Tensor gradient) => gradient.abs().mean([1, 2, 3], keepdim: true).clamp(min: 1e-37);
}
