using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Projected gradient descent: maximises the loss by steps of fixed size, projected onto the ball.</summary>
/// <remarks>
/// Madry et al., 2018, "Towards deep learning models resistant to adversarial attacks", arXiv:1706.06083. All steps are taken, also by
/// images that are fooled before; the last point counts, or, where that one does not fool, the last that did. Fooled images
/// take no further start.
/// </remarks>
/// <param name="Radius">ε, the largest change, in pixels of [0, 1].</param>
/// <param name="StepSize">α, the change in one step, in pixels of [0, 1].</param>
/// <param name="Steps">How many gradient steps are taken.</param>
/// <param name="RandomStart">Whether to start at a random point of the ball instead of at the image.</param>
/// <param name="Norm">How changes are measured: linf, or l2 over all values of the image.</param>
/// <param name="Restarts">The number of starts; from the second on they are random. An image that is fooled takes no further one.</param>
/// <param name="Rule">The schedule of the step size.</param>
internal sealed record Pgd(
    [Range(0.0, 1000.0)] double Radius = 8 / 255.0,
    [Range(0.0, 1000.0)] double StepSize = 2 / 255.0,
    [Range(1, 1_000_000)] int Steps = 10,
    bool RandomStart = true,
    Norm Norm = Norm.Linf,
    [Range(1, 10_000)] int Restarts = 1,
    StepRule Rule = StepRule.Fixed) : Attack
{
    /// <inheritdoc/>
    internal override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, RunContext run)
    {
        using var scope = NewDisposeScope();
        var ball = Ball.Around(images, Norm, Radius);
        var ascent = new ProjectedAscent(victim, Steps, SizeOf, 0, "pgd", Restarts);
        var start = RandomStart ? ball.RandomPoint(run.Seed.For("start")) : images;
        var (perturbed, fooled) = ascent.From(start, ball, criterion, 0, run);
        for (var restart = 1; restart < Restarts; restart++)
        {
            using var inner = NewDisposeScope();
            var active = Rows.Where(fooled.logical_not());
            if (active.shape[0] == 0) break;
            var near = ball.Of(active);
            var (again, also) = ascent.From(near.RandomPoint(run.Seed.For("start").For(restart)), near, criterion.Of(active), restart, run);
            var better = Rows.Where(also);
            perturbed.index_copy_(0, active.index_select(0, better), Rows.Pick(again, better));
            fooled.index_fill_(0, active.index_select(0, better), true);
        }

        return perturbed.MoveToOuterDisposeScope();
    }

    private protected override double? Ladder =>
        Norm == Norm.Linf && Steps >= 5 && (Rule == StepRule.Relative || StepSize * Steps >= 2 * Radius) ? Radius : null;

    private double SizeOf(int step) => Rule switch
    {
        StepRule.Relative => 2.5 * Radius / Steps,
        StepRule.Cosine => StepSize * (1 + Math.Cos(Math.PI * step / Steps)) / 2,
        _ => StepSize,
    };
}

/// <summary>The schedule of a step size.</summary>
internal enum StepRule
{
    /// <summary>Constant.</summary>
    Fixed,

    /// <summary>Always 2.5 radii divided by the number of steps, as Madry et al. have it; the step size is not read.</summary>
    Relative,

    /// <summary>From the step size down to none, along half a cosine wave.</summary>
    Cosine,
}
