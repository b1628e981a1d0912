using Pentimento.Editing;
using Pentimento.Evaluation;
using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>Correlation, direct effect and causal effect of the strongest features on every logit, side by side.</summary>
/// <param name="Attribution">What was measured.</param>
/// <param name="Rows">How many features are shown, those with the largest causal effects.</param>
internal sealed record LogitMatrix(LogitAttribution Attribution, int Rows = 30) : PlotFigure
{
    private const double Gap = 1;

    private IReadOnlyList<int> Shown =>
        [.. Enumerable.Range(0, Attribution.Causal.Count).OrderByDescending(feature => Attribution.Causal[feature].Max(Math.Abs)).Take(Rows)];

    /// <inheritdoc/>
    public override string Name => "logits";

    /// <inheritdoc/>
    public override string Alt =>
        $"Three matrices of {Numbers.Counted(Shown.Count, "feature")} by {Attribution.Causal[0].Count} logits: "
            + $"correlation, direct effect, causal effect. "
        + "Strongest causal effects: "
        + string.Join(", ", Shown.Take(5).Select(feature => $"feature {feature} on {Strongest(feature)}"))
        + ".";

    /// <inheritdoc/>
    public override int Width => 860;

    /// <inheritdoc/>
    public override int Height => 110 + (20 * Shown.Count);

    /// <inheritdoc/>
    public override Table? Values =>
        new(
            ["feature", "logit", .. Matrices.Select(matrix => matrix.Title)],
            [
                .. Shown.SelectMany(feature =>
                    Enumerable
                        .Range(0, Classes)
                        .Select(logit => (IConvertible?[])[feature, logit, .. Matrices.Select(matrix => (IConvertible)matrix.Of[feature][logit])])
                ),
            ]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks =>
        Matrices.SelectMany(
            (matrix, at) =>
                Shown.SelectMany(
                    (feature, row) =>
                        Enumerable
                            .Range(0, Classes)
                            .Select(logit => new Mark(
                                (at * (Classes + Gap)) + logit,
                                -row,
                                $"feature {feature}, logit {logit}: {matrix.Title} {Numbers.Significant(matrix.Of[feature][logit])}"))));

    private int Classes => Attribution.Causal[0].Count;

    private IReadOnlyList<(IReadOnlyList<IReadOnlyList<double>> Of, string Title)> Matrices =>
        [(Attribution.Correlation, "correlation"), (Attribution.Direct, "direct effect"), (Attribution.Causal, "causal effect")];

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        var (shown, classes) = (Shown, Classes);
        var (places, labels) = (new List<double>(), new List<string>());
        foreach (var (at, (matrix, title)) in Matrices.Index())
        {
            var left = at * (classes + Gap);
            var largest = Math.Max(1e-12, shown.Max(feature => matrix[feature].Max(Math.Abs)));
            for (var row = 0; row < shown.Count; row++)
            {
                for (var logit = 0; logit < classes; logit++) Cell(plot, left + logit, -row, matrix[shown[row]][logit] / largest);
            }

            plot.Write($"{title}, ±{largest:0.##}", left + ((classes - 1) / 2.0), 1, Alignment.LowerCenter, smaller: 0);
            places.AddRange(Enumerable.Range(0, classes).Select(logit => left + logit));
            labels.AddRange(Enumerable.Range(0, classes).Select(logit => $"{logit}"));
        }

        plot.Axes.Bottom.Heads(places, labels);
        plot.Axes.Left.Heads(shown.Select((_, row) => (double)-row), shown.Select(feature => $"{feature}"));
        plot.Axes.SetLimits(-0.7, (3 * classes) + (2 * Gap) - 0.3, 0.3 - shown.Count, 2.6);
        plot.Axes.Frame(false);
        plot.HideGrid();
        plot.XLabel("logit");
        plot.YLabel("feature");
    }

    private static void Cell(Plot plot, double x, double y, double value)
    {
        var cell = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
        cell.FillColor = (value > 0 ? PlotColors.Lazy : PlotColors.Repaired).WithAlpha(Math.Min(1, Math.Abs(value)));
        (cell.LineColor, cell.LineWidth) = (PlotColors.Hairline, 0.5f);
    }

    private int Strongest(int feature) =>
        Enumerable.Range(0, Attribution.Causal[feature].Count).MaxBy(logit => Math.Abs(Attribution.Causal[feature][logit]));
}
