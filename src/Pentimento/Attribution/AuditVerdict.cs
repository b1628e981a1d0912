using Pentimento.Evaluation;

namespace Pentimento.Attribution;

/// <summary>The verdict of an audit: the effect of recolouring, then where the evidence lies, in sentences that follow from numbers.</summary>
internal static class AuditVerdict
{
    // The evidence of most correct predictions lies outside the object.
    private const double Majority = 0.5;

    /// <summary>The recolouring's verdict, followed by what the location of the evidence adds.</summary>
    public static string Of(IReadOnlyList<Recoloring> parts, EvidenceLocalization localization) =>
        $"{RecoloringVerdict.Of(parts)}{Location(localization)}";

    private static string Location(EvidenceLocalization localization) => localization switch
    {
        { OnDigit: null } => " No image has positive evidence for its answer.",
        { WrongReason: { Count: > 0, Low: > Majority } outside } =>
            $" {Numbers.Percent(outside.Value)} of its right answers ({Numbers.Interval(outside)})"
                + " rest on evidence off the object.",
        _ => "",
    };
}
