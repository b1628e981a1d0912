namespace Pentimento.Probing;

/// <summary>The probing results of one channel, as they are written to files. Information is in nats; shares are of 1.</summary>
/// <param name="Layer">The cut that the channel belongs to.</param>
/// <param name="Index">The index of the channel.</param>
/// <param name="Role">traitor, hero, both, none or dead.</param>
/// <param name="Agreement">The share of bootstrap resamples, corrected for their bias, that give the same role.</param>
/// <param name="MiColor">I(n; color), plug-in.</param>
/// <param name="MiDigit">I(n; digit), plug-in.</param>
/// <param name="MiColorGivenDigit">I(n; color | digit), plug-in.</param>
/// <param name="MiDigitGivenColor">I(n; digit | color), plug-in.</param>
/// <param name="Color">The corrected I(n; color) as a share of the color's entropy.</param>
/// <param name="Digit">The corrected I(n; digit) as a share of the digit's entropy.</param>
/// <param name="ColorGivenDigit">The corrected I(n; color | digit) as a share of the conditional entropy.</param>
/// <param name="DigitGivenColor">The corrected I(n; digit | color) as a share of the conditional entropy.</param>
/// <param name="GreyDigit">The corrected I(n; digit) on grey images as a share of the digit's entropy; null without them.</param>
/// <param name="PColor">The permutation p-value of <paramref name="MiColorGivenDigit"/>.</param>
/// <param name="PDigit">The permutation p-value of the digit's information that decides the role.</param>
/// <param name="QColor">The color's q-value over the layer (Benjamini-Hochberg).</param>
/// <param name="QDigit">The digit's q-value over the layer.</param>
/// <param name="Strength">A high percentile of its activations.</param>
/// <param name="Active">Whether its strength is above the threshold of an active channel.</param>
/// <param name="Entropy">The entropy of the digits among its strong activations, in nats, corrected for class frequency.</param>
/// <param name="Purity">The weight of the most frequent digit among them.</param>
/// <param name="Polysemantic">Entropy times strength.</param>
/// <param name="NaiveLabels">Number of different digits among its 20 strongest images, whatever their strength.</param>
/// <param name="Top">The images of its strongest activations, the strongest first.</param>
/// <param name="Ablation">The change of accuracy with the channel ablated, by set; empty if not measured.</param>
public sealed record Neuron(
    string Layer, int Index, string Role, double Agreement,
    double MiColor, double MiDigit, double MiColorGivenDigit, double MiDigitGivenColor,
    double Color, double Digit, double ColorGivenDigit, double DigitGivenColor, double? GreyDigit,
    double PColor, double PDigit, double QColor, double QDigit,
    double Strength, bool Active, double Entropy, double Purity, double Polysemantic, int NaiveLabels,
    IReadOnlyList<int> Top, IReadOnlyDictionary<string, double> Ablation)
{
    /// <summary>The information on the digit that decides the role: on gray images or, without them, given the color.</summary>
    public double Survives => GreyDigit ?? DigitGivenColor;
}
