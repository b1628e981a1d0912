using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>DeepFool: steps across the nearest decision boundary of the linearized network until the prediction changes.</summary>
/// <remarks>
/// Moosavi-Dezfooli, Fawzi and Frossard, 2016, "DeepFool: a simple and accurate method to fool deep neural networks", arXiv:1511.04599,
/// algorithm 2 and
/// section 3.3 for L∞. The paper knows no limits of pixels: here a pixel at the end of its range does not count where the boundary
/// would take it further out. Towards a target there is one boundary, that between it and the strongest other class.
/// </remarks>
/// <param name="Steps">The maximum number of steps.</param>
/// <param name="Overshoot">η, by how much the whole change is enlarged to end beyond the boundary.</param>
/// <param name="Candidates">The number of likeliest other classes whose boundaries are considered.</param>
/// <param name="Norm">How changes are measured: l2 over all values of the image, or linf.</param>
internal sealed record DeepFool(
    [Range(1, 100_000)] int Steps = 50,
    [Range(0.0, 10.0)] double Overshoot = 0.02,
    [Range(1, 100_000)] int Candidates = 10,
    Norm Norm = Norm.L2) : Attack
{
    /// <inheritdoc/>
    internal override Norm? Minimal => Norm;

    /// <inheritdoc/>
    internal override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, RunContext run)
    {
        using var scope = NewDisposeScope();
        var results = images.clone();
        using var active = new ActiveImages(criterion, arange(images.shape[0], ScalarType.Int64, images.device))
        {
            ["original"] = images.clone(),
            ["change"] = zeros_like(images),
        };
        for (var step = 0; step <= Steps && active.Count > 0; step++)
        {
            using var inner = NewDisposeScope();
            var point = (active["original"] + ((1 + Overshoot) * active["change"])).clamp(0, 1);
            var (boundaries, reached, safety) = Boundaries(victim, point, active.Criterion);
            var done = Rows.Where(reached);
            results.index_copy_(0, active.Places.index_select(0, done), Rows.Pick(point, done));
            active["change"] = active["change"] + Nearest(boundaries, point, safety);
            active.Remove(reached);
            run.Report(new("deep-fool", step, Steps));
        }

        return results.MoveToOuterDisposeScope();
    }

    /// <summary>The logit difference of each candidate class to the own one, and its gradient by the image.</summary>
    private (IReadOnlyList<(Tensor Difference, Tensor Gradient)> Boundaries, Tensor Reached, Tensor Safety) Boundaries(
        Classifier victim, Tensor point, BatchCriterion criterion)
    {
        using var frozen = new LossGradient.FrozenParameters(victim);
        var variable = point.detach().requires_grad_();
        var logits = victim.call(variable);
        var scores = Differences(logits, criterion);
        return (
            [.. scores.Select((difference, at) =>
                (difference.detach(), Differentiation.Gradient(difference.sum(), variable, keepGraph: at + 1 < scores.Count)))],
            criterion.Reached(logits.detach()),
            LogitScale.Safety(logits.detach()));
    }

    private IReadOnlyList<Tensor> Differences(Tensor logits, BatchCriterion criterion)
    {
        if (criterion.Targeted) return [criterion.Margin(logits)];
        var own = logits.gather(1, criterion.Classes.unsqueeze(1));
        var mine = nn.functional.one_hot(criterion.Classes, logits.shape[1]).to_type(ScalarType.Bool);
        var others = (int)Math.Min(Candidates, logits.shape[1] - 1);
        var likeliest = logits.detach().masked_fill(mine, float.NegativeInfinity).topk(others, 1).indexes;
        var difference = logits.gather(1, likeliest) - own;
        return [.. Enumerable.Range(0, others).Select(at => difference.select(1, at))];
    }

    /// <summary>The step across the nearest of the boundaries.</summary>
    private Tensor Nearest(IReadOnlyList<(Tensor Difference, Tensor Gradient)> boundaries, Tensor point, Tensor safety)
    {
        var (nearest, step) = (full(point.shape[0], float.PositiveInfinity, device: point.device), zeros_like(point));
        foreach (var (difference, gradient) in boundaries)
        {
            var stuck = point.le(0).logical_and(gradient.lt(0)).logical_or(point.ge(1).logical_and(gradient.gt(0)));
            var normal = gradient.masked_fill(stuck, 0);
            // The dual norm: the distance to a plane is the margin divided by it.
            var length = (Norm == Norm.L2 ? normal.square().sum([1, 2, 3]).sqrt() : normal.abs().sum([1, 2, 3])).clamp(min: 1e-30);
            var distance = (difference.abs() + safety) / length;
            var direction = Norm == Norm.L2 ? normal / length.view(-1, 1, 1, 1) : normal.sign();
            var nearer = distance.lt(nearest);
            step = where(nearer.view(-1, 1, 1, 1), distance.view(-1, 1, 1, 1) * direction, step);
            nearest = distance.minimum(nearest);
        }

        return step;
    }
}
