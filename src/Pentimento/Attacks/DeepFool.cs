using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>DeepFool: as if the network were linear, step just across the nearest border between classes, until the answer changes.</summary>
/// <remarks>
/// Moosavi-Dezfooli, Fawzi and Frossard, 2016, "DeepFool: a simple and accurate method to fool deep neural networks", arXiv:1511.04599,
/// algorithm 2 and
/// section 3.3 for L∞. The paper knows no limits of pixels: here a pixel at the end of its range does not count where the border
/// would take it further out. Towards a target there is one border, that between it and the strongest other class.
/// </remarks>
/// <param name="Steps">The most steps.</param>
/// <param name="Overshoot">η, by how much the whole change is enlarged to end beyond the border.</param>
/// <param name="Candidates">The borders to how many of the likeliest other classes are looked at.</param>
/// <param name="Norm">How changes are measured: l2 over all values of the image, or linf.</param>
public sealed record DeepFool(
    [Range(1, 100_000)] int Steps = 50,
    [Range(0.0, 10.0)] double Overshoot = 0.02,
    [Range(1, 100_000)] int Candidates = 10,
    Norm Norm = Norm.L2) : Attack
{
    /// <inheritdoc/>
    public override Norm? Minimal => Norm;

    /// <inheritdoc/>
    public override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion aim, RunContext run)
    {
        using var scope = NewDisposeScope();
        var ends = images.clone();
        using var open = new ActiveImages(aim, arange(images.shape[0], ScalarType.Int64, images.device))
        {
            ["original"] = images.clone(),
            ["change"] = zeros_like(images),
        };
        for (var step = 0; step <= Steps && open.Count > 0; step++)
        {
            using var inner = NewDisposeScope();
            var point = (open["original"] + ((1 + Overshoot) * open["change"])).clamp(0, 1);
            var (borders, reached, beyond) = Borders(victim, point, open.Criterion);
            var done = Rows.Where(reached);
            ends.index_copy_(0, open.Places.index_select(0, done), Rows.Pick(point, done));
            open["change"] = open["change"] + Nearest(borders, point, beyond);
            open.Leave(reached);
            run.Report(new("deep-fool", step, Steps));
        }

        return ends.MoveToOuterDisposeScope();
    }

    /// <summary>How far each candidate's logit is ahead (below 0: behind), and the gradient of that by the image.</summary>
    private (IReadOnlyList<(Tensor Ahead, Tensor Gradient)> Borders, Tensor Reached, Tensor Beyond) Borders(
        Classifier victim, Tensor point, BatchCriterion aim)
    {
        using var still = new LossGradient.Still(victim);
        var variable = point.detach().requires_grad_();
        var logits = victim.call(variable);
        var scores = Ahead(logits, aim);
        return (
            [.. scores.Select((ahead, at) => (ahead.detach(), autograd.grad([ahead.sum()], [variable], retain_graph: at + 1 < scores.Count)[0]))],
            aim.Reached(logits.detach()),
            LogitScale.Safety(logits.detach()));
    }

    private IReadOnlyList<Tensor> Ahead(Tensor logits, BatchCriterion aim)
    {
        if (aim.Targeted) return [aim.Margin(logits)];
        var own = logits.gather(1, aim.Classes.unsqueeze(1));
        var mine = nn.functional.one_hot(aim.Classes, logits.shape[1]).to_type(ScalarType.Bool);
        var others = (int)Math.Min(Candidates, logits.shape[1] - 1);
        var likeliest = logits.detach().masked_fill(mine, float.NegativeInfinity).topk(others, 1).indexes;
        var ahead = logits.gather(1, likeliest) - own;
        return [.. Enumerable.Range(0, others).Select(at => ahead.select(1, at))];
    }

    /// <summary>The step across the nearest of the borders.</summary>
    private Tensor Nearest(IReadOnlyList<(Tensor Ahead, Tensor Gradient)> borders, Tensor point, Tensor beyond)
    {
        var (nearest, step) = (full(point.shape[0], float.PositiveInfinity, device: point.device), zeros_like(point));
        foreach (var (ahead, gradient) in borders)
        {
            var stuck = point.le(0).logical_and(gradient.lt(0)).logical_or(point.ge(1).logical_and(gradient.gt(0)));
            var normal = gradient.masked_fill(stuck, 0);
            // The dual norm: the distance to a plane is the margin divided by it.
            var length = (Norm == Norm.L2 ? normal.square().sum([1, 2, 3]).sqrt() : normal.abs().sum([1, 2, 3])).clamp(min: 1e-30);
            var distance = (ahead.abs() + beyond) / length;
            var direction = Norm == Norm.L2 ? normal / length.view(-1, 1, 1, 1) : normal.sign();
            var nearer = distance.lt(nearest);
            step = where(nearer.view(-1, 1, 1, 1), distance.view(-1, 1, 1, 1) * direction, step);
            nearest = distance.minimum(nearest);
        }

        return step;
    }
}
