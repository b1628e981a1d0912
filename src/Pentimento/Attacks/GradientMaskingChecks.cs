using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>What an ensemble notices that makes its numbers an overestimate of robustness.</summary>
internal sealed class GradientMaskingChecks
{
    public const string Fgsm = "fgsm";
    public const string Pgd = "pgd";
    public const string Square = "square";

    // A share below this may be chance.
    private const double Chance = 0.002;

    private readonly Dictionary<string, long> fooled = [];
    private long open;
    private long flat;
    private bool random;

    /// <summary>What was noticed, in sentences.</summary>
    public IReadOnlyList<string> Sentences => [.. All()];

    /// <summary>Looks at a batch before it is attacked; returns which images fool as they are, bool (B).</summary>
    public Tensor Look(Classifier victim, Tensor images, BatchCriterion aim)
    {
        using var scope = NewDisposeScope();
        var climb = LossGradient.Of(victim, images, logits =>
            Score.CrossEntropy(logits / LogitScale.ForCrossEntropy(logits.detach(), aim), aim));
        using var still = no_grad();
        // Two answers to the same batch differ by rounding only.
        random |= (victim.call(images) - climb.Logits).abs().amax([1]).gt(LogitScale.Safety(climb.Logits)).any().item<bool>();
        var fooling = aim.Reached(climb.Logits);
        open += fooling.logical_not().sum().item<long>();
        flat += climb.Gradient.abs().amax([1, 2, 3]).eq(0).logical_and(fooling.logical_not()).sum().item<long>();
        return fooling.MoveToOuterDisposeScope();
    }

    /// <summary>Adds what one attack of the ensemble fooled.</summary>
    public void Count(string attack, long reached) => fooled[attack] = Of(attack) + reached;

    /// <summary>Adds what one attack fooled, asking the network.</summary>
    public void Count(string attack, Classifier victim, Tensor points, BatchCriterion aim)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        Count(attack, aim.Reached(victim.call(points)).sum().item<long>());
    }

    private long Of(string attack) => fooled.GetValueOrDefault(attack);

    private IEnumerable<string> All()
    {
        if (random)
            yield return "Randomised network: it answers the same images differently twice, so an attack must average over its answers.";
        if (flat > 0)
            yield return $"Zero gradients: the loss of {flat:N0} of {open:N0} images has no gradient at all, so attacks that follow gradients are blind there.";
        if (Of(Fgsm) - Of(Pgd) > Chance * open)
            yield return $"Masked gradients: one step fools {Of(Fgsm):N0} images and many steps only {Of(Pgd):N0}; where gradients can be trusted it is the other way round.";
        if (Of(Square) > Chance * open)
            yield return $"Masked gradients: random search fools {Of(Square):N0} images on which every attack that knows the gradients failed.";
    }
}
