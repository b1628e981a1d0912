using Pentimento.Evaluation;
using Pentimento.Experiments;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Findings;

/// <summary>What a run found, as text; every sentence follows from the test that the proof shows, so that the two cannot disagree.</summary>
/// <param name="Title">The finding in one line.</param>
/// <param name="Lead">The numbers behind it.</param>
internal sealed record Verdict(string Title, string Lead)
{
    /// <summary>The verdict of a run.</summary>
    public static Verdict Of(RunReport report) =>
        new(TitleOf(report.Audit("lazy"), report.Audit("repaired")), $"{Before(report)} {After(report)}");

    /// <summary>The headline of two audits.</summary>
    internal static string TitleOf(NetworkAudit lazy, NetworkAudit repaired) => lazy switch
    {
        { Finding: Finding.None } => "No shortcut found: the first network's answers do not follow the colour.",
        { Finding: Finding.Undecided } => "Whether the lazy network has a shortcut cannot be told.",
        { Recoloring.Test.ReadsColor: true } => $"The lazy network reads the colour, not the digit. {Repair(lazy, repaired)}.",
        _ => $"The lazy network leans on the colour. {Repair(lazy, repaired)}.",
    };

    private static string Repair(NetworkAudit lazy, NetworkAudit repaired) => repaired switch
    {
        // Right in more than half of all colours: it reads digits, not only no colours.
        { Finding: Finding.None, Recoloring.Test.Shape.Low: > 0.5 } => "The repaired one reads the digit",
        { Finding: Finding.None } => "The repaired one does not follow it, but reads digits badly",
        { Finding: Finding.Shortcut } when Follows(repaired).High < Follows(lazy).Low => "The repaired one still leans on it, though less",
        { Finding: Finding.Shortcut } => "The repaired one does no better",
        { Recoloring.Test: { SeesShape: false } } => "The repaired one reads nothing: it is at chance",
        _ => "Whether the repaired one is free of it cannot be told",
    };

    private static ConfidenceInterval Follows(NetworkAudit audit) => audit.Recoloring.Test?.Followed ?? new(0, -1, 1);

    private static string Before(RunReport report)
    {
        var swapped = RunReport.Swapped(report.Results.Of("lazy", 1));
        return $"On new images coloured like the training images, the accuracy of the lazy network is {Numbers.Percent(report.Own("lazy").Value)}. "
            + $"With the colours of each pair of digits swapped it is {Numbers.Percent(report.Reversed("lazy").Value)}: "
            + $"{Numbers.Percent(swapped.Value)} of its predictions are then the pair’s other digit, the one that usually has that colour.";
    }

    private static string After(RunReport report) =>
        $"Trained anew on the same images, without bias labels, the repaired network has an accuracy of "
        + $"{Numbers.Percent(report.Own("repaired").Value)} and, with swapped colours, of {Numbers.Percent(report.Reversed("repaired").Value)}.";
}
