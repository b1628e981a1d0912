namespace Pentimento.Probing;

/// <summary>Everything that is known of one channel, as it is written to files. Information is in nats; shares are of 1.</summary>
/// <param name="Layer">The cut that the channel belongs to.</param>
/// <param name="Index">The channel's number.</param>
/// <param name="Role">traitor, hero, both, none or dead.</param>
/// <param name="Agreement">The share of bootstrap resamples that give the same role.</param>
/// <param name="MiColor">I(n; colour), plug-in.</param>
/// <param name="MiDigit">I(n; digit), plug-in.</param>
/// <param name="MiColorGivenDigit">I(n; colour | digit), plug-in.</param>
/// <param name="MiDigitGivenColor">I(n; digit | colour), plug-in.</param>
/// <param name="Color">The corrected I(n; colour) as a share of the colour's entropy.</param>
/// <param name="Digit">The corrected I(n; digit) as a share of the digit's entropy.</param>
/// <param name="ColorGivenDigit">The corrected I(n; colour | digit) as a share of what could be told.</param>
/// <param name="DigitGivenColor">The corrected I(n; digit | colour) as a share of what could be told.</param>
/// <param name="GreyDigit">The corrected I(n; digit) on grey images as a share of the digit's entropy; null without them.</param>
/// <param name="PColor">The permutation p-value of <paramref name="MiColorGivenDigit"/>.</param>
/// <param name="PDigit">The permutation p-value of the digit's information that decides the role.</param>
/// <param name="QColor">The colour's q-value over the layer (Benjamini-Hochberg).</param>
/// <param name="QDigit">The digit's q-value over the layer.</param>
/// <param name="Strength">A high percentile of its answers.</param>
/// <param name="Active">Whether it answers strongly enough to stand for anything.</param>
/// <param name="Entropy">How mixed the digits are among its strong answers, in nats, corrected for class frequency.</param>
/// <param name="Purity">The weight of the most frequent digit among them.</param>
/// <param name="Polysemantic">Entropy times strength.</param>
/// <param name="NaiveLabels">How many different digits its 20 strongest images show, whatever their strength.</param>
/// <param name="Top">The images that it answers most strongly, the strongest first.</param>
/// <param name="Ablation">The change of accuracy without the channel, by set; empty if not measured.</param>
public sealed record Neuron(
    string Layer, int Index, string Role, double Agreement,
    double MiColor, double MiDigit, double MiColorGivenDigit, double MiDigitGivenColor,
    double Color, double Digit, double ColorGivenDigit, double DigitGivenColor, double? GreyDigit,
    double PColor, double PDigit, double QColor, double QDigit,
    double Strength, bool Active, double Entropy, double Purity, double Polysemantic, int NaiveLabels,
    IReadOnlyList<int> Top, IReadOnlyDictionary<string, double> Ablation)
{
    /// <summary>What of the digit decides the role: what survives on grey images or, without them, given the colour.</summary>
    public double Survives => GreyDigit ?? DigitGivenColor;
}
