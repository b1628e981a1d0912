using Pentimento.Evaluation;
using Pentimento.Reports.Style;
using Pentimento.Reports.Runs;

namespace Pentimento.Reports.Figures;

/// <summary>What a network predicts, class by class; a cell is as strong as its share of the row, one without images is empty.</summary>
/// <param name="Network">lazy or repaired.</param>
/// <param name="Evaluation">Its predictions on a set.</param>
public sealed record ConfusionMatrix(string Network, SetEvaluation Evaluation)
    : HeatTable(
        $"confusion-{Network}-{Evaluation.Data}",
        $"Confusion matrix of the {Network} network on {Evaluation.Data}: {Numbers.Percent(Evaluation.Accuracy)} on the diagonal, "
            + $"{Numbers.Percent(RunReport.Swapped(Evaluation).Value)} on the cells of the pair's other digit.",
        "prediction",
        "digit",
        Classes(Evaluation),
        Classes(Evaluation),
        Counts(Evaluation))
{
    /// <inheritdoc/>
    public override int Width => 460;

    /// <inheritdoc/>
    public override int Height => 450;

    /// <inheritdoc/>
    public override Table? Values =>
        new(["digit", .. Columns], [.. Rows.Zip(Evaluation.Confusion, (name, counts) => (IConvertible?[])[name, .. counts])]);

    /// <inheritdoc/>
    protected override ScottPlot.Color Ground => PlotColors.Of(Network);

    /// <inheritdoc/>
    protected override string Text(int row, int column) => $"{Evaluation.Confusion[row][column]}";

    /// <inheritdoc/>
    protected override string Tip(int row, int column) =>
        $"{Numbers.Whole(Evaluation.Confusion[row][column])} of {Numbers.Whole(Evaluation.Confusion[row].Sum())} images of a {row} "
        + $"are predicted as {column}";

    // A single image among a thousand is still seen.
    /// <inheritdoc/>
    protected override double Strength(int row, int column) =>
        0.04 + (0.96 * Evaluation.Confusion[row][column] / Math.Max(1, Evaluation.Confusion[row].Sum()));

    private static IReadOnlyList<string> Classes(SetEvaluation evaluation) => [.. evaluation.Confusion.Select((_, place) => $"{place}")];

    private static IReadOnlyList<IReadOnlyList<double>> Counts(SetEvaluation evaluation) =>
        [.. evaluation.Confusion.Select(row => row.Select(count => count == 0 ? double.NaN : count).ToList())];
}
