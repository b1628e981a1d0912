using Pentimento.Evaluation;
using Pentimento.Experiments;

namespace Pentimento.Reports.Findings;

/// <summary>What the shares of evidence on the digit say, and what they do not.</summary>
public static class LocalizationFindings
{
    /// <summary>One sentence for each set.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<NetworkLocalization> focus) =>
        focus.GroupBy(entry => entry.Data).Where(set => set.Count() == 2).Select(set => Compare(set.First(), set.Last()));

    private static string Compare(NetworkLocalization lazy, NetworkLocalization repaired)
    {
        if (lazy.Focus.OnDigit is not { } one || repaired.Focus.OnDigit is not { } other)
            return $"On {lazy.Data} a network has no positive evidence on any image, so nothing can be compared.";
        var finding = lazy.Focus.Low > repaired.Focus.High ? "the lazy network seems to look more at the digit than the repaired one"
            : lazy.Focus.High < repaired.Focus.Low ? "the repaired network looks more at the digit than the lazy one"
            : "no difference between the two can be told";
        return $"On {lazy.Data}, by this measure, {finding}: {Numbers.Percent(one)} against {Numbers.Percent(other)} of the evidence lies on the digit’s strokes, "
            + $"where evidence spread evenly would put {Numbers.Percent(lazy.Focus.ForegroundShare)}.";
    }
}
