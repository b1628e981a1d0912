namespace Pentimento.Probing;

/// <summary>The polysemanticity of a channel: the entropy of the classes of its strong activations, times their strength.</summary>
/// <param name="Strength">A high percentile of its activations.</param>
/// <param name="Active">Whether its strength is above the threshold of an active channel.</param>
/// <param name="Strong">Number of images with a strong activation.</param>
/// <param name="Entropy">The entropy of their classes, in nats, corrected for class frequency; 0 for an inactive channel.</param>
/// <param name="Purity">The corrected weight of the most frequent class among them; 0 for an inactive channel.</param>
/// <param name="Score">Entropy times strength.</param>
internal sealed record Polysemanticity(double Strength, bool Active, int Strong, double Entropy, double Purity, double Score)
{
    /// <summary>Measures every channel of a table.</summary>
    /// <param name="strengths">The activations, best as the mean of a channel's strongest positions, for images without color.</param>
    /// <param name="rule">The thresholds of strong activations.</param>
    public static IReadOnlyList<Polysemanticity> Of(ActivationTable strengths, PolysemanticityRule rule)
    {
        var strengthOf = strengths.Channels.Select(activations => new BucketSortedValues(activations).Quantile(rule.Percentile / 100)).ToArray();
        var least = Math.Max(rule.LeastStrength, rule.LeastShare * strengthOf.Max());
        return
        [
            .. strengths.Channels.Select((activations, channel) =>
                Of(activations, strengths.Labels, strengthOf[channel], strengthOf[channel] >= least, rule)),
        ];
    }

    private static Polysemanticity Of(double[] activations, long[] labels, double strength, bool active, PolysemanticityRule rule)
    {
        // Among weak activations every class is found: an inactive channel would seem the most polysemantic.
        if (!active) return new(strength, false, 0, 0, 0, 0);
        long[] strong = [.. labels.Where((_, at) => activations[at] >= rule.StrongShare * strength)];
        var weights = LabelEntropy.Balanced(strong, labels);
        var entropy = LabelEntropy.Of(weights);
        return new(strength, true, strong.Length, entropy, weights.Values.Max(), entropy * strength);
    }
}

/// <summary>The thresholds of strong activations and of active channels.</summary>
/// <remarks>Gupta, "Computer Vision" (the report that this software implements), "Finding Nemo Polysemantic Neurons".</remarks>
/// <param name="Percentile">The percentile of its activations that is a channel's strength.</param>
/// <param name="StrongShare">The share of the channel's strength from which an activation is strong.</param>
/// <param name="LeastStrength">The strength below which a channel is inactive, in the layer's units.</param>
/// <param name="LeastShare">The share of the layer's greatest strength below which a channel is inactive.</param>
internal sealed record PolysemanticityRule(double Percentile = 99, double StrongShare = 0.5, double LeastStrength = 1e-3, double LeastShare = 0.05);
