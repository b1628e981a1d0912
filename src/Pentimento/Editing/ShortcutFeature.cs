using Pentimento.Data;

namespace Pentimento.Editing;

/// <summary>A shortcut feature: one that is selective for a colour and raises the logit of the class with that colour in training.</summary>
/// <param name="Feature">Its index.</param>
/// <param name="Color">The colour in which its mean activation is highest, a palette index.</param>
/// <param name="ColorShare">Its colour selectivity: the difference of the largest two mean activations over their sum,
/// 0..1.</param>
/// <param name="Predicts">The commonest class of that colour in training.</param>
/// <param name="Supports">The class whose logit the feature raises most.</param>
/// <param name="Effect">Its ablation effect on that logit, where it is active.</param>
/// <param name="Correlation">Its correlation with that logit.</param>
/// <param name="IsShortcut">Whether it is selective for its colour, at least half as strong again as in the next, and supports the very class
/// that its colour predicts.</param>
internal sealed record ShortcutFeature(
    int Feature,
    long Color,
    double ColorShare,
    long Predicts,
    int Supports,
    double Effect,
    double Correlation,
    bool IsShortcut)
{
    // (3 - 2) / (3 + 2): half as strong again.
    private const double Selective = 0.2;

    /// <summary>Finds shortcuts among features, the strongest effects first.</summary>
    /// <param name="attribution">The logit attributions of the features.</param>
    /// <param name="means">[F][colour] the mean activation of each feature in each colour, on images whose colour is independent of the
    /// class.</param>
    /// <param name="colors">The colours of <paramref name="means"/>, palette indices.</param>
    /// <param name="training">The training set, from which the class of each colour is read.</param>
    internal static IReadOnlyList<ShortcutFeature> Find(
        LogitAttribution attribution,
        IReadOnlyList<IReadOnlyList<double>> means,
        IReadOnlyList<long> colors,
        ImageSet training)
    {
        Require.That(training.Colors.Length > 0, $"{training.Name} does not say which {training.Bias} each image has; shortcuts need to know.");
        var predicts = training.Colors.Zip(training.Labels).GroupBy(pair => pair.First)
            .ToDictionary(group => group.Key, group => group.CountBy(pair => pair.Second).MaxBy(pair => pair.Value).Key);
        return [.. Enumerable.Range(0, means.Count).Where(feature => attribution.Active[feature] > 0).Select(Of)
            .Where(found => found is not null).Select(found => found!).OrderByDescending(found => found.Effect)];

        ShortcutFeature? Of(int feature)
        {
            var order = Enumerable.Range(0, colors.Count).OrderByDescending(at => means[feature][at]).ToList();
            var color = colors[order[0]];
            if (!predicts.TryGetValue(color, out var digit)) return null;
            var (first, second) = (means[feature][order[0]], colors.Count > 1 ? means[feature][order[1]] : 0);
            var causal = attribution.Causal[feature];
            var supports = Enumerable.Range(0, causal.Count).MaxBy(label => causal[label]);
            var lead = first + second > 0 ? (first - second) / (first + second) : 0;
            return new(
                feature, color, lead, digit, supports, causal[supports], attribution.Correlation[feature][supports],
                lead >= Selective && supports == digit && causal[supports] > 0);
        }
    }
}
