using Pentimento.Attacks;
using Pentimento.Attribution;
using Pentimento.Evaluation;
using Pentimento.Training;
using Pentimento.Training.Procedures;

namespace Pentimento.Experiments;

/// <summary>Everything that a run has measured; the page is drawn from this and from the arrays in <c>data/</c>.</summary>
/// <param name="Datasets">The canvases.</param>
/// <param name="Lazy">The lazy network's training.</param>
/// <param name="Split">The environments that its errors reveal.</param>
/// <param name="Repaired">The repaired network's training.</param>
/// <param name="Evaluations">Both networks on every test set.</param>
/// <param name="Audit">Both networks on the digits of the reversed set, recoloured in every colour.</param>
/// <param name="Focus">Where both networks' evidence lies, on their own and on the reversed set.</param>
/// <param name="Attacks">Both networks under attack.</param>
internal sealed record Results(
    IReadOnlyList<CanvasSummary> Datasets,
    IReadOnlyList<EpochRecord> Lazy,
    ErrorSplit Split,
    IReadOnlyList<EpochRecord> Repaired,
    IReadOnlyList<NetworkEvaluation> Evaluations,
    IReadOnlyList<NetworkAudit> Audit,
    IReadOnlyList<NetworkLocalization> Focus,
    IReadOnlyList<NetworkAttack> Attacks)
{
    /// <summary>What the repair is compared with, on every test set: plain training on the same split where the repair's loss is another, plain
    /// training without a split, and training on digits whose colour carries nothing, the ceiling. They take no part in anything.</summary>
    public IReadOnlyList<NetworkEvaluation> Beside { get; init; } = [];

    /// <summary>The names of all sets and networks in it.</summary>
    internal IEnumerable<string> Names =>
    [
        .. Datasets.Select(entry => entry.Name),
        .. Lazy.Concat(Repaired).SelectMany(epoch => epoch.Evaluations.Concat(epoch.Validations)).Select(set => set.Data),
        .. Evaluations.Concat(Beside).SelectMany(entry => entry.Sets.Select(set => set.Data).Prepend(entry.Network)),
        .. Audit.SelectMany(entry => new[] { entry.Network, entry.Data }),
        .. Focus.SelectMany(entry => new[] { entry.Network, entry.Data }),
        .. Attacks.SelectMany(entry => new[] { entry.Network, entry.Result.Data }),
    ];

    /// <summary>The accuracy of a network on the set at a place of the recipe's list: 0 its own, 1 the reversed one.</summary>
    public SetEvaluation Of(string network, int place) => Evaluations.First(entry => entry.Network == network).Sets[place];
}

/// <summary>A painted canvas in a few numbers.</summary>
/// <param name="Name">The dataset.</param>
/// <param name="Train">Training images.</param>
/// <param name="Test">Test images.</param>
/// <param name="Dominant">The share of test images that have the colour which the set's name makes dominant.</param>
internal sealed record CanvasSummary(string Name, int Train, int Test, Share Dominant);

/// <summary>One network on every set.</summary>
/// <param name="Network">Its name in the recipe.</param>
/// <param name="Sets">In the recipe's order.</param>
internal sealed record NetworkEvaluation(string Network, IReadOnlyList<SetEvaluation> Sets);

/// <summary>One network on the same digits in every colour.</summary>
/// <param name="Network">Its name in the recipe.</param>
/// <param name="Data">The set whose digits are recoloured.</param>
/// <param name="Recoloring">How its predictions change.</param>
/// <param name="Sweep">Its mean class probabilities at every hue.</param>
internal sealed record NetworkAudit(string Network, string Data, Recoloring Recoloring, HueSweep Sweep)
{
    /// <summary>What the test found: shortcut, none, or undecided.</summary>
    public Finding Finding { get; init; } = Finding.Undecided;

    /// <summary>The same in a sentence.</summary>
    public string Verdict { get; init; } = "";
}

/// <summary>Where one network's evidence lies on one set.</summary>
/// <param name="Network">Its name in the recipe.</param>
/// <param name="Data">The set.</param>
/// <param name="Focus">The share of its evidence on the digit.</param>
internal sealed record NetworkLocalization(string Network, string Data, EvidenceLocalization Focus);

/// <summary>One network under one attack.</summary>
/// <param name="Network">Its name in the recipe.</param>
/// <param name="Result">What the attack achieved.</param>
internal sealed record NetworkAttack(string Network, AttackResult Result);
