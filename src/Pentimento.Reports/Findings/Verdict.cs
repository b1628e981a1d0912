using Pentimento.Evaluation;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Findings;

/// <summary>What a run found, as text; every sentence follows from a number.</summary>
/// <param name="Title">The finding in one line.</param>
/// <param name="Lead">The numbers behind it.</param>
internal sealed record Verdict(string Title, string Lead)
{
    // The repair has closed the gap where less than a fifth of it is left, and part of it where at least a fifth is gone.
    private const double Closed = 0.8;
    private const double PartlyClosed = 0.2;

    /// <summary>The verdict of a run.</summary>
    public static Verdict Of(RunReport report)
    {
        var swapped = RunReport.Swapped(report.Results.Of("lazy", 1));
        var shortcut = report.Reversed("lazy").High < report.Own("lazy").Low;
        var title = shortcut
            ? $"{Finding(swapped)}. {Repair(report)}."
            : "No shortcut found: swapping the colours costs this network nothing that could be measured.";
        return new(title, $"{Before(report, swapped)} {After(report)}");
    }

    /// <summary>How much of the gap between the in-distribution and the reversed set the repair has closed; 1 is all of it.</summary>
    public static double ClosedShare(RunReport report)
    {
        var before = report.Own("lazy").Value - report.Reversed("lazy").Value;
        var after = report.Own("repaired").Value - report.Reversed("repaired").Value;
        return before <= 0 ? 0 : 1 - (after / before);
    }

    private static string Finding(Share swapped) =>
        swapped.Low > 0.5 ? "The lazy network reads the colour, not the digit" : "The lazy network relies on the colour";

    private static string Repair(RunReport report)
    {
        if (report.Reversed("repaired").Low <= report.Reversed("lazy").High) return "The repaired one does no better";
        return ClosedShare(report) switch
        {
            >= Closed => "The repaired one reads the digit",
            >= PartlyClosed => "The repaired one relies on it less",
            _ => "The repaired one does little better",
        };
    }

    private static string Before(RunReport report, Share swapped) =>
        $"On new images coloured like the training images, the accuracy of the lazy network is {Numbers.Percent(report.Own("lazy").Value)}. " +
        $"With the colours of each pair of digits swapped it is {Numbers.Percent(report.Reversed("lazy").Value)}: " +
        $"{Numbers.Percent(swapped.Value)} of its predictions are then the pair’s other digit, the one that usually has that colour.";

    private static string After(RunReport report) =>
        $"Trained anew on the same images, without bias labels, the repaired network has an accuracy of " +
        $"{Numbers.Percent(report.Own("repaired").Value)} and, with swapped colours, of {Numbers.Percent(report.Reversed("repaired").Value)}.";
}
