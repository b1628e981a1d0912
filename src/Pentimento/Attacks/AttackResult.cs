using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The success rate and the perturbation sizes of an attack on a set.</summary>
/// <param name="Attack">The attack.</param>
/// <param name="Data">The set.</param>
/// <param name="Source">The class whose images were attacked, or null for all.</param>
/// <param name="Target">The class to reach, or null where there is not one for all images; <see cref="Criterion"/> says what then.</param>
/// <param name="Attacked">The number of images attacked.</param>
/// <param name="Count">The number of them that count: those predicted correctly beforehand and, if targeted, not of the target's class.</param>
/// <param name="SuccessRate">The share of those that were fooled.</param>
/// <param name="Low">The lower end of its 95% Wilson interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="MedianL2">Over the fooled ones, of the change of all values of an image; null where none was fooled.</param>
/// <param name="MedianLinf">Over the fooled ones, of the largest change of a value; null where none was fooled.</param>
public sealed record AttackResult(
    Attack Attack,
    string Data,
    int? Source,
    int? Target,
    int Attacked,
    long Count,
    double SuccessRate,
    double Low,
    double High,
    double? MedianL2,
    double? MedianLinf)
{
    /// <summary>What counts as a success: any wrong class, one class, or one that depends on the image.</summary>
    public Criterion Criterion { get; init; } = Criterion.Any;

    /// <summary>The mean probability of the wrong class over the fooled ones, 0..1; null where none was fooled.</summary>
    public double? Confidence { get; init; }

    /// <summary>The share of all attacked images that meet the criterion, among them those misclassified before any attack.</summary>
    public double ShareOfAll { get; init; }

    /// <summary>The colour and shape shares of the perturbations of the fooled ones; null where none was fooled.</summary>
    public PerturbationSplit? Split { get; init; }

    /// <summary>Accuracy as a function of the radius; null for an attack within a given radius.</summary>
    public RobustnessCurve? RobustnessCurve { get; init; }

    /// <summary>Signs that the success rate underestimates the network's vulnerability, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A few images before and after, for a drawing; null where none is wanted.</summary>
    [JsonIgnore]
    internal AttackSamples? Samples { get; init; }

    /// <summary>Evaluates the victim on both versions of every image and counts.</summary>
    /// <param name="attack">The attack.</param>
    /// <param name="victim">The network attacked.</param>
    /// <param name="set">The images before.</param>
    /// <param name="perturbed">float32 (N, C, H, W), the images after.</param>
    /// <param name="source">The class whose images were attacked, or null for all.</param>
    /// <param name="criterion">What counts as a success.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    internal static AttackResult Of(
        Attack attack, Classifier victim, ImageSet set, Tensor perturbed, int? source, Criterion criterion, RunContext run) =>
        Of(attack, set, perturbed, source, criterion, AttackOutcome.Of(victim, set, perturbed, criterion, run));

    /// <summary>Counts from an outcome that is known already.</summary>
    internal static AttackResult Of(Attack attack, ImageSet set, Tensor perturbed, int? source, Criterion criterion, AttackOutcome outcome)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var change = perturbed - Pixels.Slice(set.Tensor(), 0, set.Count);
        var (l2, linf) = (Lengths(change.square().sum([1, 2, 3]).sqrt()), Lengths(change.abs().amax([1, 2, 3])));
        var fooled = outcome.Fooled;
        var share = new Share(fooled.LongCount(yes => yes), outcome.Counts.LongCount(yes => yes));
        return new(
            attack,
            set.Name,
            source,
            criterion.Class,
            set.Count,
            share.Count,
            share.Value,
            share.Low,
            share.High,
            Median(l2, fooled),
            Median(linf, fooled))
        {
            Criterion = criterion,
            Confidence = share.Hits == 0 ? null : outcome.Confidence.Where((_, at) => fooled[at]).Average(value => (double)value),
            ShareOfAll = outcome.Reached.Count(yes => yes) / (double)set.Count,
            Split = PerturbationSplit.Of(set, change, fooled),
            RobustnessCurve = attack.Minimal is { } norm ? Attacks.RobustnessCurve.Of(norm, norm == Norm.L2 ? l2 : linf, outcome) : null,
        };
    }

    private static float[] Lengths(Tensor values) => values.data<float>().ToArray();

    private static double? Median(float[] values, bool[] chosen) =>
        Attacks.RobustnessCurve.Quantile([.. values.Where((_, at) => chosen[at]).Order()], 0.5);
}
