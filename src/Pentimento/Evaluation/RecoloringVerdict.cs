namespace Pentimento.Evaluation;

/// <summary>Classifies a network's dependence on colour by the flip rate's confidence interval, in a sentence.</summary>
internal static class RecoloringVerdict
{
    // More than half of the recolourings change the prediction: the colour decides. Under a twentieth, what is left is unsure shapes.
    private const double Decides = 0.5;
    private const double Matters = 0.05;

    /// <summary>The verdict, and the flip rate and shares of variance that it follows from.</summary>
    public static string Of(Recoloring recoloring) => $"{Finding(recoloring)}{Figures(recoloring)}";

    private static string Finding(Recoloring recoloring) => recoloring switch
    {
        { Shares: null } => "It answers every image alike: neither the colour nor the shape of the digit moves it.",
        { Low: > Decides } => "It reads the colour, not the digit.",
        { Low: > Matters } => "It leans on the colour.",
        { High: < Matters } => "Its answers hardly hang on the colour.",
        _ => "That it leans on the colour cannot be told from these images.",
    };

    private static string Figures(Recoloring recoloring) =>
        recoloring.Shares is not { } shares
            ? ""
            : $" Painted in another colour, the same digit gets another answer in {Numbers.Percent(recoloring.FlipRate)} of cases"
                + $" ({Numbers.Interval(recoloring.Low, recoloring.High)}); the colour alone makes {Numbers.Percent(shares.Color.Value)}"
                + $" of what moves its logits, the shape {Numbers.Percent(shares.Shape.Value)}.";
}
