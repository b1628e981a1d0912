using Pentimento.Evaluation;
using Pentimento.Reports.Look;
using Pentimento.Reports.Telling;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Pentimento.Reports.Figures;

/// <summary>What a network answers, class by class.</summary>
/// <param name="Network">lazy or repaired.</param>
/// <param name="Evaluation">Its answers to a set.</param>
public sealed record ConfusionMatrix(string Network, SetEvaluation Evaluation) : PlotFigure
{
    // Words in the paper's colour are readable on cells stronger than this, words in the text's colour on the others.
    private const double Strong = 0.85;

    /// <inheritdoc/>
    public override string Name => $"confusion-{Network}-{Evaluation.Data}";

    /// <inheritdoc/>
    public override string Alt => $"Confusion matrix of the {Network} network on {Evaluation.Data}: {Numbers.Percent(Evaluation.Accuracy)} on the diagonal, " +
        $"{Numbers.Percent(RunReport.Swapped(Evaluation).Value)} on the cells of the pair's other digit.";

    /// <inheritdoc/>
    public override int Width => 460;

    /// <inheritdoc/>
    public override int Height => 450;

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        var classes = Evaluation.Confusion.Count;
        for (var label = 0; label < classes; label++)
        {
            double total = Math.Max(1, Evaluation.Confusion[label].Sum());
            for (var answer = 0; answer < classes; answer++) DrawCell(plot, label, answer, Evaluation.Confusion[label][answer], total);
        }

        double[] places = [.. Enumerable.Range(0, classes).Select(place => (double)place)];
        plot.Axes.Bottom.TickGenerator = new NumericManual(places, [.. places.Select(place => $"{place:0}")]);
        plot.Axes.Left.TickGenerator = new NumericManual([.. places.Select(place => -place)], [.. places.Select(place => $"{place:0}")]);
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left }) axis.MajorTickStyle.Length = 0;
        plot.Axes.SetLimits(-0.5, classes - 0.5, 0.5 - classes, 0.5);
        plot.Axes.Frame(false);
        plot.HideGrid();
        plot.XLabel("answer");
        plot.YLabel("digit");
    }

    private void DrawCell(Plot plot, int label, int answer, int count, double total)
    {
        var share = count / total;
        var cell = plot.Add.Rectangle(answer - 0.48, answer + 0.48, -label - 0.48, -label + 0.48);
        cell.FillColor = count == 0 ? Colors.Transparent : Ink.Of(Network).WithAlpha(0.04 + (0.96 * share));
        cell.LineColor = Ink.Hairline;
        cell.LineWidth = 1;
        if (count == 0) return;
        var words = plot.Add.Text($"{count}", answer, -label);
        words.LabelFontSize = Lettering.Size - 1;
        words.LabelFontColor = share > Strong ? Ink.Paper : Ink.Text;
        words.LabelAlignment = Alignment.MiddleCenter;
    }
}
