using System.Globalization;
using Pentimento.Evaluation;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Findings;

/// <summary>Which of several runs repairs best, in sentences: by the accuracy of their repaired networks where the colours mislead.</summary>
internal sealed class ComparisonFindings
{
    private const double Confidence = 0.95;

    private ComparisonFindings(string title, string lead) => (Title, Lead) = (title, lead);

    /// <summary>The finding in one line.</summary>
    public string Title { get; }

    /// <summary>The numbers behind it, each difference with its interval.</summary>
    public string Lead { get; }

    /// <summary>Compares runs.</summary>
    public static ComparisonFindings Of(RunComparison comparison)
    {
        var (runs, set) = (comparison.Runs, comparison.Runs[0].Report.ReversedSet);
        var together = $"{runs.Count} runs side by side";
        if (!comparison.Sets.Contains(set) || runs.Any(run => run.Report.ReversedSet != set))
            return new(together, "The runs were judged on different sets with swapped colours, so none can be called better.");
        // Other seeds paint other images of the same kind; other sources, cues or colours are another question.
        var paintings = runs.Select(run => run.Report.Recipe.Painting with { Seed = 0 }).Distinct();
        if (paintings.Skip(1).Any())
            return new(together, "The runs paint other grey images, other parts of them, or in other colours, so none can be called better.");
        var shares = runs.Select(run => (run.Name, Share: RunReport.Accuracy(RunComparison.On(run.Report, "repaired", set))))
            .OrderByDescending(run => run.Share.Value).ToList();
        // All pairs could have been the ones to differ, so all share the error that is allowed (Bonferroni).
        var pairs = runs.Count * (runs.Count - 1) / 2;
        var confidence = 1 - ((1 - Confidence) / pairs);
        var differences = shares.Skip(1)
            .Select(other => (other.Name, By: ShortcutTest.Excess(shares[0].Share.At(confidence), other.Share.At(confidence)))).ToList();
        var clear = differences.All(difference => difference.By.Low > 0);
        return new(
            clear ? $"Of {runs.Count} runs, {shares[0].Name} repairs best" : $"{together}: which repairs best cannot be told",
            $"With {DatasetDescription.Title(set)} the repaired network of {shares[0].Name} is right in {Numbers.Percent(shares[0].Share.Value)} "
                + $"of the images, the highest share. {string.Join(" ", differences.Select(Sentence))}"
                + (pairs > 1 ? $" Intervals are 95% for all {pairs} pairs of runs together." : ""));
    }

    private static string Sentence((string Name, ConfidenceInterval By) other) => other.By.Low > 0
        ? $"That is {Points(other.By.Value)} points more than {other.Name} ({Points(other.By.Low)} to {Points(other.By.High)})."
        : $"That {other.Name} has {Points(other.By.Value)} points less may be chance ({Points(other.By.Low)} to {Points(other.By.High)}).";

    private static string Points(double share) => (100 * share).ToString("0.0;−0.0;0.0", CultureInfo.InvariantCulture);
}
