using Pentimento.Attacks;
using Pentimento.Editing;
using Pentimento.Evaluation;
using Pentimento.Operations;
using Pentimento.Reports.Style;

namespace Pentimento.Reports.Figures;

/// <summary>What operations found, as bars for the first screen of their pages.</summary>
internal static class ResultBars
{
    /// <summary>The accuracy on each set, before and after an edit.</summary>
    public static Bars Of(EditResult result)
    {
        BarSeries Series(string title, ScottPlot.Color color, IReadOnlyList<Examination> all) =>
            new(title, color, [.. all.Select(one => new Bar(one.Data, one.Accuracy, one.Low, one.High))]);
        var told = result.Before.Zip(result.After, (before, after) =>
            $"{before.Data} {Numbers.Percent(before.Accuracy)}, then {Numbers.Percent(after.Accuracy)}");
        return new(
            "edited", $"Bars of accuracy before and after the edit: {string.Join("; ", told)}.", "accuracy",
            [Series("before", PlotColors.Lazy, result.Before), Series("after", PlotColors.Repaired, result.After)]);
    }

    /// <summary>The share of the images that each attack fooled, network by network: of those that all networks predict correctly.</summary>
    public static Bars Of(CompareResult result)
    {
        var networks = result.Rows.GroupBy(row => row.Network).ToList();
        var told = result.Rows.Select(row => $"{row.Network}, {TitleOf(row)}: {Numbers.Percent(row.CommonRate)}");
        return new(
            "fooled", $"Bars of the share of images fooled. {string.Join("; ", told)}.", "share fooled",
            [.. networks.Select((rows, at) => new BarSeries(rows.Key, PlotColors.Series[at % PlotColors.Series.Count],
                [.. rows.Select(row => new Bar(TitleOf(row), row.CommonRate, row.CommonLow, row.CommonHigh))]))]);
    }

    private static string TitleOf(CompareRow row) => AttackSamples.TitleOf(row.Result.Attack, new(row.Result.Source, row.Result.Criterion));
}
