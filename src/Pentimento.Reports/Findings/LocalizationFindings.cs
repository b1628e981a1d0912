using Pentimento.Evaluation;
using Pentimento.Experiments;

namespace Pentimento.Reports.Findings;

/// <summary>Sentences about the share of evidence on the digit, comparing the networks.</summary>
internal static class LocalizationFindings
{
    /// <summary>One sentence for each set.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<NetworkLocalization> localizations) =>
        localizations.GroupBy(entry => entry.Data).Where(set => set.Count() == 2).Select(set => Compare(set.First(), set.Last()));

    private static string Compare(NetworkLocalization lazy, NetworkLocalization repaired)
    {
        if (lazy.Focus.OnDigit is not { } one || repaired.Focus.OnDigit is not { } other)
            return $"{Where(lazy.Data)} a network has no positive evidence on any image, so nothing can be compared.";
        var finding = lazy.Focus.Low > repaired.Focus.High ? "the lazy network seems to have more evidence on the digit than the repaired one"
            : lazy.Focus.High < repaired.Focus.Low ? "the repaired network has more evidence on the digit than the lazy one"
            : "no significant difference between the two";
        return $"{Where(lazy.Data)}, by this measure, {finding}: {Numbers.Percent(one)} against {Numbers.Percent(other)} of the evidence lies on the "
            + $"digit’s strokes, where evidence spread evenly would put {Numbers.Percent(lazy.Focus.ForegroundShare)}.";
    }

    private static string Where(string set) => DatasetDescription.Phrase(set) is { Length: > 0 } words ? $"With {words} ({set})" : $"On {set}";
}
