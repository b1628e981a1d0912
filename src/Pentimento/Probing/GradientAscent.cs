using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Gradient ascent with Adam on a batch of independent items.</summary>
/// <remarks>
/// Kingma and Ba, 2015, "Adam: a method for stochastic optimization", arXiv:1412.6980, algorithm 1. An item of zero gradient, as
/// when a ReLU is inactive at every position, is replaced by another start in the first steps (the idea of Lucid's redirected ReLU, without
/// changing the network).
/// </remarks>
/// <param name="Steps">Number of steps.</param>
/// <param name="Rate">Adam's learning rate, about the change of a value in one step.</param>
internal sealed record GradientAscent(int Steps, double Rate)
{
    private const int RestartSteps = 16;
    private const double First = 0.9;
    private const double Second = 0.999;

    /// <summary>Maximizes the activation of each item.</summary>
    /// <param name="start">The start of each item, (B, ...); not changed.</param>
    /// <param name="gradient">The gradient of each item's activation, at these items and at this step.</param>
    /// <param name="adjust">The regularization of the gradient, given the items.</param>
    /// <param name="project">The projection of items onto the valid range.</param>
    /// <param name="restart">Another random start for every item, at this step.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public Tensor From(
        Tensor start,
        Func<Tensor, int, Tensor> gradient,
        Func<Tensor, Tensor, Tensor> adjust,
        Func<Tensor, Tensor> project,
        Func<int, Tensor> restart,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        var (items, mean, square) = (start.clone(), zeros_like(start), zeros_like(start));
        for (var step = 1; step <= Steps; step++)
        {
            using var inner = NewDisposeScope();
            var direction = gradient(items, step);
            if (step <= RestartSteps)
            {
                var stuck = direction.flatten(1).abs().amax([1]).eq(0);
                if (stuck.any().item<bool>()) items = Replaced(items, stuck, restart(step));
            }

            direction = adjust(items, direction);
            mean.mul_(First).add_(direction, 1 - First);
            square.mul_(Second).addcmul_(direction, direction, 1 - Second);
            var size = Rate * Math.Sqrt(1 - Math.Pow(Second, step)) / (1 - Math.Pow(First, step));
            items = project(items + (size * mean / (square.sqrt() + 1e-8))).MoveToOuterDisposeScope();
            run.Report(new("gradient ascent", step, Steps));
        }

        return items.MoveToOuterDisposeScope();
    }

    private static Tensor Replaced(Tensor items, Tensor stuck, Tensor others) =>
        where(stuck.view([-1, .. Enumerable.Repeat(1L, (int)items.dim() - 1)]), others, items);
}
