using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>AutoAttack: a parameter-free ensemble of FGSM, PGD, Auto-PGD on two losses and Square on the images left, with checks for gradient
/// masking.</summary>
/// <remarks>
/// Croce and Hein, 2020, arXiv:2003.01690, with Auto-PGD on the cross-entropy, Auto-PGD on the difference-of-logits ratio towards each of the
/// likeliest other classes, and Square; their FAB is left out. FGSM and PGD come first: they are the ladder's lower rungs, and
/// FGSM above PGD is a sign of masked gradients (Athalye, Carlini and Wagner, 2018, arXiv:1802.00420).
/// </remarks>
/// <param name="Radius">ε, the largest change of any pixel, in pixels of [0, 1].</param>
/// <param name="Steps">How many gradient steps each Auto-PGD takes.</param>
/// <param name="Targets">How many of the likeliest other classes are targeted.</param>
/// <param name="Queries">Square's queries for each image.</param>
[Called("auto-attack")]
internal sealed record AutoAttack(
    [Range(0.0, 1.0)] double Radius = 8 / 255.0,
    [Range(1, 1_000_000)] int Steps = 100,
    [Range(1, 100_000)] int Targets = 9,
    [Range(1, 10_000_000)] int Queries = 5000) : Attack
{
    private const int PgdSteps = 40;

    /// <inheritdoc/>
    internal override Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, RunContext run) =>
        Perturb(victim, images, criterion, new(), run);

    /// <inheritdoc/>
    internal override Attacked AttackSet(Classifier victim, ImageSet set, Criterion criterion, RunContext run)
    {
        var checks = new GradientMaskingChecks();
        var images = InBatches(victim, set, criterion, (batch, wanted, part) => Perturb(victim, batch, wanted, checks, part), run);
        return new(images, checks.Warnings);
    }

    private Tensor Perturb(Classifier victim, Tensor images, BatchCriterion criterion, GradientMaskingChecks checks, RunContext run)
    {
        using var scope = NewDisposeScope();
        var results = images.clone();
        var fooled = checks.Observe(victim, images, criterion);
        var active = Rows.Where(fooled.logical_not());
        // The lower rungs try every image, so that one can be compared with the other; the upper ones what is left.
        foreach (var (name, attack) in Lower) Try(name, attack, active);
        foreach (var (name, attack) in Upper) Try(name, attack, Rows.Where(fooled.logical_not()));
        return results.MoveToOuterDisposeScope();

        void Try(string name, Attack attack, Tensor places)
        {
            using var inner = NewDisposeScope();
            if (places.shape[0] == 0) return;
            var wanted = criterion.Of(places);
            var points = attack.Perturb(victim, Rows.Pick(images, places), wanted, run.For(name));
            var reached = Reached(victim, points, wanted);
            checks.Count(name, reached.sum().item<long>());
            var kept = Rows.Where(reached.logical_or(fooled.index_select(0, places).logical_not()));
            results.index_copy_(0, places.index_select(0, kept), Rows.Pick(points, kept));
            fooled.index_fill_(0, places.index_select(0, Rows.Where(reached)), true);
        }
    }

    private IEnumerable<(string Name, Attack Attack)> Lower =>
        [(GradientMaskingChecks.Fgsm, new Fgsm(Radius)), (GradientMaskingChecks.Pgd, new Pgd(Radius, Steps: PgdSteps, Rule: StepRule.Relative))];

    private IEnumerable<(string Name, Attack Attack)> Upper =>
    [
        ("apgd cross-entropy", new Apgd(Radius, Steps)),
        ("apgd dlr", new Apgd(Radius, Steps, Loss.Dlr, Targets)),
        (GradientMaskingChecks.Square, new Square(Radius, Queries)),
    ];

    private static Tensor Reached(Classifier victim, Tensor points, BatchCriterion criterion)
    {
        using var noGrad = no_grad();
        return criterion.Reached(victim.call(points));
    }
}
