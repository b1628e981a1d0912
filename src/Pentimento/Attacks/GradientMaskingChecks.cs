using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Checks for gradient masking, which makes an ensemble of attacks overestimate robustness.</summary>
internal sealed class GradientMaskingChecks
{
    public const string Fgsm = "fgsm";
    public const string Pgd = "pgd";
    public const string Square = "square";

    // A share below this may be chance.
    private const double Chance = 0.002;

    private readonly Dictionary<string, long> fooled = [];
    private long attacked;
    private long zeroGradients;
    private bool randomized;

    /// <summary>The warnings, in sentences.</summary>
    public IReadOnlyList<string> Warnings => [.. All()];

    /// <summary>Observes a batch before it is attacked; returns which images meet the criterion already, bool (B).</summary>
    public Tensor Observe(Classifier victim, Tensor images, BatchCriterion criterion)
    {
        using var scope = NewDisposeScope();
        var evaluated = LossGradient.Of(victim, images, logits =>
            Score.CrossEntropy(logits / LogitScale.ForCrossEntropy(logits.detach(), criterion), criterion));
        using var noGrad = no_grad();
        // Two evaluations of the same batch differ by rounding only.
        randomized |= (victim.call(images) - evaluated.Logits).abs().amax([1]).gt(LogitScale.Safety(evaluated.Logits)).any().item<bool>();
        var fooling = criterion.Reached(evaluated.Logits);
        attacked += fooling.logical_not().sum().item<long>();
        zeroGradients += evaluated.Gradient.abs().amax([1, 2, 3]).eq(0).logical_and(fooling.logical_not()).sum().item<long>();
        return fooling.MoveToOuterDisposeScope();
    }

    /// <summary>Adds the number of images fooled by one attack of the ensemble.</summary>
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
        if (randomized)
            yield return "Randomised network: it answers the same images differently twice, so an attack must average over its answers.";
        if (zeroGradients > 0)
            yield return $"Zero gradients: the loss of {zeroGradients:N0} of {attacked:N0} images has no gradient at all,"
                + " so attacks that follow gradients are blind there.";
        if (Of(Fgsm) - Of(Pgd) > Chance * attacked)
            yield return $"Masked gradients: one step fools {Of(Fgsm):N0} images and many steps only {Of(Pgd):N0};"
                + " where gradients can be trusted it is the other way round.";
        if (Of(Square) > Chance * attacked)
            yield return $"Masked gradients: random search fools {Of(Square):N0} images on which every attack that knows the gradients failed.";
    }
}
