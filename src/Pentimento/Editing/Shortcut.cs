using Pentimento.Data;

namespace Pentimento.Editing;

/// <summary>A feature that answers to one colour and speaks for the digit that wore it in training: a shortcut, caught.</summary>
/// <param name="Feature">Which.</param>
/// <param name="Color">The colour in which its mean activation is highest, a palette index.</param>
/// <param name="ColorShare">How much more it answers to that colour than to the next: the share of the two means' sum by which they differ,
/// 0..1.</param>
/// <param name="Predicts">The commonest digit of that colour in training.</param>
/// <param name="Speaks">The digit whose logit the feature holds up most.</param>
/// <param name="Effect">By how much it does, where it is active.</param>
/// <param name="Correlation">Its correlation with that logit.</param>
/// <param name="IsShortcut">Whether it is tied to its colour, at least half as strong again as in the next, and speaks for the very digit
/// that its colour predicts.</param>
public sealed record Shortcut(
    int Feature,
    long Color,
    double ColorShare,
    long Predicts,
    int Speaks,
    double Effect,
    double Correlation,
    bool IsShortcut)
{
    // (3 - 2) / (3 + 2): half as strong again.
    private const double Tied = 0.2;

    /// <summary>Finds shortcuts among features, the strongest effects first.</summary>
    /// <param name="attribution">What features have to do with logits.</param>
    /// <param name="means">[F][colour] the mean activation of each feature in each colour, on images whose colour says nothing of the digit.</param>
    /// <param name="colors">The colours of <paramref name="means"/>, palette indices.</param>
    /// <param name="training">What tells which digit a colour predicts.</param>
    public static IReadOnlyList<Shortcut> Find(
        LogitAttribution attribution,
        IReadOnlyList<IReadOnlyList<double>> means,
        IReadOnlyList<long> colors,
        ImageSet training)
    {
        Require.That(training.Colors.Length > 0, $"{training.Name} does not say which colour each image wears; shortcuts need to know.");
        var predicts = training.Colors.Zip(training.Labels).GroupBy(pair => pair.First)
            .ToDictionary(group => group.Key, group => group.CountBy(pair => pair.Second).MaxBy(pair => pair.Value).Key);
        return [.. Enumerable.Range(0, means.Count).Where(feature => attribution.Active[feature] > 0).Select(Of)
            .Where(found => found is not null).Select(found => found!).OrderByDescending(found => found.Effect)];

        Shortcut? Of(int feature)
        {
            var order = Enumerable.Range(0, colors.Count).OrderByDescending(at => means[feature][at]).ToList();
            var color = colors[order[0]];
            if (!predicts.TryGetValue(color, out var digit)) return null;
            var (first, second) = (means[feature][order[0]], colors.Count > 1 ? means[feature][order[1]] : 0);
            var causal = attribution.Causal[feature];
            var speaks = Enumerable.Range(0, causal.Count).MaxBy(answer => causal[answer]);
            var lead = first + second > 0 ? (first - second) / (first + second) : 0;
            return new(
                feature, color, lead, digit, speaks, causal[speaks], attribution.Correlation[feature][speaks],
                lead >= Tied && speaks == digit && causal[speaks] > 0);
        }
    }
}
