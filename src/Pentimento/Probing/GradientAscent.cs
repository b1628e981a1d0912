using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Gradient ascent on a batch whose items do not touch each other.</summary>
/// <remarks>
/// Kingma and Ba, 2015, "Adam: a method for stochastic optimization", arXiv:1412.6980, algorithm 1. An item that feels no gradient at all, as
/// when a ReLU is off at every place, is thrown somewhere else in the first steps (the idea of Lucid's redirected ReLU, without touching
/// the network).
/// </remarks>
/// <param name="Steps">How many steps are taken.</param>
/// <param name="Rate">Adam's learning rate, about the change of a value in one step.</param>
internal sealed record GradientAscent(int Steps, double Rate)
{
    private const int Rescues = 16;
    private const double First = 0.9;
    private const double Second = 0.999;

    /// <summary>Where each item has got to.</summary>
    /// <param name="start">Where they start, (B, ...); not changed.</param>
    /// <param name="uphill">The direction in which the activation of each item grows, at these items and at this step.</param>
    /// <param name="settle">What becomes of the direction before it is taken, given the items.</param>
    /// <param name="keep">Brings items back to where they may be.</param>
    /// <param name="elsewhere">A random place for every item, at this step.</param>
    /// <param name="run">Hears about progress.</param>
    public Tensor From(
        Tensor start,
        Func<Tensor, int, Tensor> uphill,
        Func<Tensor, Tensor, Tensor> settle,
        Func<Tensor, Tensor> keep,
        Func<int, Tensor> elsewhere,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        var (items, mean, square) = (start.clone(), zeros_like(start), zeros_like(start));
        for (var step = 1; step <= Steps; step++)
        {
            using var inner = NewDisposeScope();
            var direction = uphill(items, step);
            if (step <= Rescues)
            {
                var stuck = direction.flatten(1).abs().amax([1]).eq(0);
                if (stuck.any().item<bool>()) items = Replaced(items, stuck, elsewhere(step));
            }

            direction = settle(items, direction);
            mean.mul_(First).add_(direction, 1 - First);
            square.mul_(Second).addcmul_(direction, direction, 1 - Second);
            var size = Rate * Math.Sqrt(1 - Math.Pow(Second, step)) / (1 - Math.Pow(First, step));
            items = keep(items + (size * mean / (square.sqrt() + 1e-8))).MoveToOuterDisposeScope();
            run.Report(new("climb", step, Steps));
        }

        return items.MoveToOuterDisposeScope();
    }

    private static Tensor Replaced(Tensor items, Tensor stuck, Tensor others) =>
        where(stuck.view([-1, .. Enumerable.Repeat(1L, (int)items.dim() - 1)]), others, items);
}
