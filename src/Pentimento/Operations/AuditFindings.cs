using Pentimento.Attribution;
using Pentimento.Evaluation;

namespace Pentimento.Operations;

/// <summary>What an audit found, in plain words; every word follows from a number.</summary>
public static class AuditFindings
{
    // More than half of the recolourings change the answer: the colour decides. Under a twentieth, what is left is unsure shapes.
    private const double Decides = 0.5;
    private const double Matters = 0.05;

    /// <summary>The verdict: what recolouring says, then what the place of the evidence adds.</summary>
    public static string Verdict(Recoloring recoloring, EvidenceLocalization focus) => $"{Verdict(recoloring)}{Place(focus)}";

    /// <summary>What recolouring alone says.</summary>
    public static string Verdict(Recoloring recoloring) => $"{Finding(recoloring)}{Numbers(recoloring)}";

    private static string Finding(Recoloring recoloring) => recoloring switch
    {
        { Shares: null } => "It answers every image alike: neither the colour nor the shape of the digit moves it.",
        { Low: > Decides } => "It reads the colour, not the digit.",
        { Low: > Matters } => "It leans on the colour.",
        { High: < Matters } => "Its answers hardly hang on the colour.",
        _ => "That it leans on the colour cannot be told from these images.",
    };

    private static string Numbers(Recoloring recoloring) =>
        recoloring.Shares is not { } shares
            ? ""
            : $" Painted in another colour, the same digit gets another answer in {Evaluation.Numbers.Percent(recoloring.FlipRate)} of cases"
                + $" ({Evaluation.Numbers.Interval(recoloring.Low, recoloring.High)}); the colour alone makes {Evaluation.Numbers.Percent(shares.Color.Value)} of what moves its logits,"
                + $" the shape {Evaluation.Numbers.Percent(shares.Shape.Value)}.";

    private static string Place(EvidenceLocalization focus) => focus switch
    {
        { OnDigit: null } => " No image has positive evidence for its answer.",
        { WrongReason: { Count: > 0, Low: > Decides } off } =>
            $" {Evaluation.Numbers.Percent(off.Value)} of its right answers ({Evaluation.Numbers.Interval(off)}) rest on evidence off the digit.",
        _ => "",
    };
}
