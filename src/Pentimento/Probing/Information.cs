namespace Pentimento.Probing;

/// <summary>An estimate of the mutual information between a channel and an attribute.</summary>
/// <param name="Nats">The plug-in estimate, in nats; too large on small samples.</param>
/// <param name="Corrected">The same with its bias taken off by the jackknife, in nats; may be a little below 0 where they are independent.</param>
/// <param name="Share">The corrected estimate as a share of the attribute's entropy (given the condition, if there is one), the upper
/// bound: comparable between attributes of few and of many values.</param>
/// <param name="PValue">The p-value: the share of permutations, the observed one among them, with as much information; 1 without
/// permutations.</param>
/// <param name="QValue">The share of false discoveries if every channel with a p-value as small is accepted (Benjamini-Hochberg, over the
/// layer).</param>
internal sealed record Information(double Nats, double Corrected, double Share, double PValue, double QValue);

/// <summary>The mutual information of one channel with color and digit, alone and conditional.</summary>
/// <param name="Color">I(n; color).</param>
/// <param name="Digit">I(n; digit).</param>
/// <param name="ColorGivenDigit">I(n; color | digit).</param>
/// <param name="DigitGivenColor">I(n; digit | color).</param>
internal sealed record ChannelInformation(Information Color, Information Digit, Information ColorGivenDigit, Information DigitGivenColor);
