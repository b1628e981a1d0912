using Pentimento.Evaluation;

namespace Pentimento.Experiments;

/// <summary>What the bench advises: a method, or to leave the network alone; pure rules on measured rows.</summary>
/// <param name="Finding">Whether the network has a shortcut.</param>
/// <param name="Verdict">The same in a sentence.</param>
/// <param name="Recommended">The method; null where the network is better left alone, or nothing can be told.</param>
/// <param name="Advice">What to do and why.</param>
internal sealed record RepairAdvice(Finding Finding, string Verdict, RepairedMethod? Recommended, string Advice)
{
    /// <summary>The row of the network that is to be repaired.</summary>
    public const string AsItIs = "as it is";

    // What any repair may cost on the network's own distribution. Beyond that it may cost as much as it surely wins where the shortcut misleads: the
    // choice whose worst loss is least for those who do not know how often it will, and the user is told from which share on it pays.
    private const double Cost = 0.005;

    // What a repair must surely win where the shortcut misleads.
    private const double Worth = 0.01;

    // Images that a repair answers and neither the network nor plain training does were not hard, but misleading: by so much that no re-weighting of
    // hard images comes to it.
    private const double Misled = 0.2;

    // Where it is known what misleads, that much beyond plain training is proof.
    private const double KnownMisled = 0.05;

    private const string OnRequest = " It surely relies on it, as what a repair wins beyond plain fine-tuning shows as well, and you say"
        + " that it misleads: it is taken away on your word.";

    private static readonly string[] ControlNetworks = ["erm", FineTuneMethod.Control];

    /// <summary>The advice.</summary>
    /// <param name="audit">What the audit found; undecided where there was none.</param>
    /// <param name="auditVerdict">The same in a sentence.</param>
    /// <param name="isByColor">Whether the conflicting images are known by their colours, and not by errors.</param>
    /// <param name="methods">The network as it is, then each method.</param>
    /// <param name="heldOut">By what they are compared.</param>
    /// <param name="cost">The share of the images as they are that a repair may lose; null for half a point, or for as much as it surely
    /// wins where the shortcut misleads if that is more.</param>
    /// <param name="mayBeProven">Whether few points prove what the audit could not tell: the user says what misleads, by an attribute or by
    /// environments, or it is nothing of what images show.</param>
    /// <param name="learnedLittle">Whether the network is right too seldom to be accused: then its errors are no hard images, and what is surely
    /// better everywhere is advised without a shortcut.</param>
    /// <param name="isAsked">Whether the user names a cue that the network surely relies on: where it cannot be told whether that is a fault, and
    /// taking it away surely wins more than plain fine-tuning, the user says so.</param>
    public static RepairAdvice Of(
        Finding audit, string auditVerdict, bool isByColor, IReadOnlyList<RepairedMethod> methods, HeldOutComparison heldOut,
        bool mayBeProven = false, double? cost = null, bool learnedLittle = false, bool isAsked = false)
    {
        var tried = methods.Where(method => method.Name != AsItIs).ToList();
        // Plain fine-tuning does nothing against the shortcut: what it wins is more training, and it is never the advice.
        var repairs = tried.Where(method => method.Name != FineTuneMethod.Control).ToList();
        // One that costs nothing because it does nothing stands behind one that surely wins, whatever that costs.
        RepairedMethod? Best(Func<RepairedMethod, double> most) => repairs
            .OrderByDescending(method => method.Gain is { Low: > Worth })
            .ThenByDescending(method => method.OwnGain is { } own && own.High >= -most(method))
            .ThenByDescending(method => method.HeldOut.Lower)
            .FirstOrDefault();
        var best = Best(method => CostOf(method, cost));
        // What proves a shortcut where the audit could not must not lose elsewhere.
        var (proof, least) = (Best(_ => cost ?? Cost), cost ?? Cost);
        var isOpen = audit == Finding.Undecided && (!isByColor || mayBeProven);
        var (finding, verdict) = isOpen && proof is not null && IsMisled(proof, tried, mayBeProven, least)
            ? (Finding.Shortcut, mayBeProven ? $"{auditVerdict} {Misleading(proof, heldOut)}" : Misleading(proof, heldOut))
            : (audit, auditVerdict);
        if (best is null) return new(finding, verdict, null, "No method made a network; see the failures. Leave the network as it is.");
        if (learnedLittle && best is { Gain.Low: > Worth, OwnGain.Low: > Worth })
            return new(finding, verdict, best, $"It learned little. Use {best.Name}: {Measured(best, heldOut)} Training it longer may do as much.");
        isAsked &= finding == Finding.Undecided && IsBeyondControl(best);
        if (isAsked) verdict += OnRequest;
        var reason = Against(isAsked ? Finding.Shortcut : finding, best, heldOut, cost);
        return reason is null
            ? new(
                finding, verdict, best,
                $"Use {best.Name}, which needs {best.Supervision}: {Measured(best, heldOut)}{Worthwhile(best)}{Control(best)}"
                    + Ties(best, repairs, cost))
            : new(finding, verdict, null, $"Leave the network as it is: {reason}");
    }

    /// <summary>What a method may cost on the images as they are.</summary>
    private static double CostOf(RepairedMethod method, double? cost) => cost ?? Math.Max(Cost, method.Gain?.Low ?? 0);

    /// <summary>Why not to use even the best method; null where there is no reason.</summary>
    private static string? Against(Finding finding, RepairedMethod best, HeldOutComparison heldOut, double? cost) => (finding, best) switch
    {
        (Finding.None, _) => $"no shortcut was found that a repair could take away. For what it is worth, with {best.Name} {Measured(best, heldOut)}",
        (Finding.Undecided, _) =>
            $"whether it has a shortcut cannot be told, and a repair without one does harm. For what it is worth, with {best.Name}"
                + $" {Measured(best, heldOut)}",
        (_, { Gain: null or { Low: <= Worth } }) =>
            $"no method is surely better where the shortcut misleads. With {best.Name} {Measured(best, heldOut)}"
                + (heldOut.Places.Length == 0 ? " More data or a larger --hold-out would have such images." : " More images would narrow this."),
        (_, { OwnGain: { } own }) when own.High < -CostOf(best, cost) =>
            $"what every method wins costs more than {Points(CostOf(best, cost))} elsewhere. With {best.Name} {Measured(best, heldOut)}"
                + $"{Worthwhile(best)} --cost {Numbers.Decimal(Math.Ceiling(-100 * own.Value) / 100, 2)} would accept it.",
        _ => null,
    };

    /// <summary>From how many misleading images on a method pays that surely costs something.</summary>
    private static string Worthwhile(RepairedMethod best) =>
        best is { OwnGain: { High: < 0 } own, Gain: { Value: > 0 } gain }
            ? $" It pays where the shortcut misleads in more than {Numbers.Percent(-own.Value / (gain.Value - own.Value))} of images."
            : "";

    private static string Measured(RepairedMethod method, HeldOutComparison heldOut) =>
        $"{Numbers.Percent(method.HeldOut.All)} of the held-out training images are answered right, {Points(method.OwnGain)} the network as it is,"
            + $" and {Numbers.Percent(method.HeldOut.BiasConflicting)} {heldOut.Rule}"
            + $"{(method.Gain is { } gain ? $", {Points(gain)} it" : "")} ({Numbers.Counted(method.Seeds, "seed")}).";

    private static string Control(RepairedMethod best) => best.BeyondControl switch
    {
        null => "",
        { Low: > 0 } beyond => $" Against plain fine-tuning on the same images that is {Interval(beyond)}.",
        { } beyond => $" Plain fine-tuning on the same images wins as much ({Interval(beyond)} against it), so it is not surely the method's doing.",
    };

    private static string Interval(ConfidenceInterval gain) => $"{Signed(gain.Value)} points ({Signed(gain.Low)} to {Signed(gain.High)})";

    private static string Points(double cost) => cost == Cost ? "half a point" : FormattableString.Invariant($"{100 * cost:0.0} points");

    private static string Points(ConfidenceInterval? gain) => gain is null
        ? "not compared with"
        : $"{Interval(gain)} against";

    private static string Signed(double share) => FormattableString.Invariant($"{100 * share:+0.0;-0.0;0.0}");

    private static string Ties(RepairedMethod best, IReadOnlyList<RepairedMethod> tried, double? cost)
    {
        string[] ties = [.. tried.Where(method => method != best && method.Behind is { High: >= 0 } && method.OwnGain?.High >= -CostOf(method, cost))
            .Select(method => method.Name)];
        return ties.Length == 0 ? "" : $" It cannot be told apart from {string.Join(", ", ties)}.";
    }

    private static bool IsMisled(RepairedMethod best, IReadOnlyList<RepairedMethod> tried, bool mayBeProven, double cost)
    {
        if (mayBeProven) return IsBeyondControl(best) && best.OwnGain is { } own && own.High >= -cost;
        return best.Gain is { Low: > Misled } && best.OwnGain?.Low > -cost
            && tried.FirstOrDefault(method => ControlNetworks.Contains(method.Name)) is { Gain: { } plain } && best.Gain.Low > plain.High;
    }

    private static bool IsBeyondControl(RepairedMethod best) => best is { BeyondControl.Low: > KnownMisled, Gain.Low: > KnownMisled };

    private static string Misleading(RepairedMethod best, HeldOutComparison heldOut) =>
        $"It relies on a shortcut: of the held-out images it misses many {heldOut.Meaning}, which is not because they are hard: with {best.Name},"
            + $" trained on the same images, {Points(best.Gain)} it, more than plain training wins, and no worse elsewhere.";
}
