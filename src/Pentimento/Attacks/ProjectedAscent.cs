using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Projected gradient ascent of the cross-entropy within a ball, with or without momentum.</summary>
/// <param name="victim">The network to fool.</param>
/// <param name="steps">The number of steps.</param>
/// <param name="size">The step size by step, counted from 0.</param>
/// <param name="momentum">μ, the decay factor of the accumulated gradient; 0 for no momentum.</param>
/// <param name="name">The name of the stage in progress reports.</param>
/// <param name="starts">The number of starts, for progress.</param>
internal sealed class ProjectedAscent(Classifier victim, int steps, Func<int, double> size, double momentum, string name, int starts = 1)
{
    /// <summary>Ascends from a start: returns the last point, or, where that one does not fool, the last that did; and which images are fooled,
    /// bool (B).</summary>
    public (Tensor Points, Tensor Fooled) From(Tensor start, Ball ball, BatchCriterion criterion, int round, RunContext run)
    {
        using var scope = NewDisposeScope();
        var point = start.clone();
        var (lastFooling, fooled) = (start.clone(), zeros(start.shape[0], ScalarType.Bool, start.device));
        var direction = zeros_like(start);
        var scale = ones(start.shape[0], 1, device: start.device);
        for (var step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            var evaluated = LossGradient.Of(victim, point, logits =>
            {
                // One scale for the whole ascent: losses of different ones are no measure of progress.
                if (step == 0) scale.copy_(LogitScale.ForCrossEntropy(logits.detach(), criterion));
                return Score.CrossEntropy(logits / scale, criterion);
            });
            Keep(point, criterion.Reached(evaluated.Logits), lastFooling, fooled);
            if (momentum > 0) direction.mul_(momentum).add_(evaluated.Gradient / Mean(evaluated.Gradient));
            var uphill = ball.Steepest(momentum > 0 ? direction : evaluated.Gradient);
            point.copy_(ball.Project(point + (size(step) * uphill)));
            run.Report(new(name, (round * steps) + step + 1, (long)starts * steps));
        }

        using (no_grad()) Keep(point, criterion.Reached(victim.call(point)), lastFooling, fooled);
        var results = where(fooled.view(-1, 1, 1, 1), lastFooling, point);
        return (results.MoveToOuterDisposeScope(), fooled.MoveToOuterDisposeScope());
    }

    private static void Keep(Tensor point, Tensor reached, Tensor lastFooling, Tensor fooled)
    {
        lastFooling.copy_(where(reached.view(-1, 1, 1, 1), point, lastFooling));
        fooled.logical_or_(reached);
    }

    // Eq. 6 of Dong et al. divides by the L1 length; the mean differs from it by a factor that the sign does not see.
    private static Tensor Mean(Tensor gradient) => gradient.abs().mean([1, 2, 3], keepdim: true).clamp(min: 1e-37);
}
