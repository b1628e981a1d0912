namespace Pentimento.Probing;

/// <summary>How many things a channel stands for, and how strongly.</summary>
/// <param name="Strength">A high percentile of its answers.</param>
/// <param name="Active">Whether it answers strongly enough to stand for anything.</param>
/// <param name="Strong">How many images it answers strongly.</param>
/// <param name="Entropy">How mixed their classes are, in nats, corrected for how frequent each class is; 0 for an inactive channel.</param>
/// <param name="Purity">The corrected weight of the most frequent class among them; 0 for an inactive channel.</param>
/// <param name="Score">Entropy times strength.</param>
public sealed record Polysemanticity(double Strength, bool Active, int Strong, double Entropy, double Purity, double Score)
{
    /// <summary>Measures every channel of a table.</summary>
    /// <param name="strengths">What each channel answered, best as the mean of its strongest places, to images without colour.</param>
    /// <param name="rule">What counts as strong.</param>
    public static IReadOnlyList<Polysemanticity> Of(ActivationTable strengths, PolysemanticityRule rule)
    {
        var heights = strengths.Channels.Select(answers => new Ordered(answers).Quantile(rule.Percentile / 100)).ToArray();
        var least = Math.Max(rule.LeastStrength, rule.LeastShare * heights.Max());
        return [.. strengths.Channels.Select((answers, channel) => Of(answers, strengths.Labels, heights[channel], heights[channel] >= least, rule))];
    }

    private static Polysemanticity Of(double[] answers, long[] labels, double strength, bool active, PolysemanticityRule rule)
    {
        // Among weak answers every class is found: an inactive channel would seem to mean everything.
        if (!active) return new(strength, false, 0, 0, 0, 0);
        long[] strong = [.. labels.Where((_, at) => answers[at] >= rule.StrongShare * strength)];
        var weights = LabelEntropy.Balanced(strong, labels);
        var entropy = LabelEntropy.Of(weights);
        return new(strength, true, strong.Length, entropy, weights.Values.Max(), entropy * strength);
    }
}

/// <summary>What counts as strong.</summary>
/// <remarks>Gupta, "Computer Vision" (the report that this software implements), "Finding Nemo Polysemantic Neurons".</remarks>
/// <param name="Percentile">The percentile of its answers that is a channel's strength.</param>
/// <param name="StrongShare">The share of the channel's strength from which an answer is strong.</param>
/// <param name="LeastStrength">The strength below which a channel is inactive, in the layer's units.</param>
/// <param name="LeastShare">The share of the layer's greatest strength below which a channel is inactive.</param>
public sealed record PolysemanticityRule(double Percentile = 99, double StrongShare = 0.5, double LeastStrength = 1e-3, double LeastShare = 0.05);
