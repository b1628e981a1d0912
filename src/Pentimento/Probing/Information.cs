namespace Pentimento.Probing;

/// <summary>How much a channel tells of an attribute.</summary>
/// <param name="Nats">The plug-in estimate, in nats; too large on small samples.</param>
/// <param name="Corrected">The same after the Miller-Madow correction, in nats; may be a little below 0 where there is nothing to tell.</param>
/// <param name="Share">The corrected estimate as a share of the attribute's entropy (given the condition, if there is one), the most that
/// can be told: comparable between attributes of few and of many values.</param>
/// <param name="PValue">The share of permutations, the observed one among them, that tell as much; 1 without permutations.</param>
/// <param name="QValue">The share of false discoveries if every channel with a p-value as small is believed (Benjamini-Hochberg, over the
/// layer).</param>
public sealed record Information(double Nats, double Corrected, double Share, double PValue, double QValue);

/// <summary>What one channel tells of the colour and of the digit.</summary>
/// <param name="Color">I(n; colour).</param>
/// <param name="Digit">I(n; digit).</param>
/// <param name="ColorGivenDigit">I(n; colour | digit).</param>
/// <param name="DigitGivenColor">I(n; digit | colour).</param>
public sealed record ChannelInformation(Information Color, Information Digit, Information ColorGivenDigit, Information DigitGivenColor);
