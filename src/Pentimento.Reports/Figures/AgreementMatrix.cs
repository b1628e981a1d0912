using System.Globalization;
using Pentimento.Reports.Look;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Pentimento.Reports.Figures;

/// <summary>How alike the maps of each two methods are.</summary>
/// <param name="Methods">The methods' names; cells are marked by their numbers, 1 for the first.</param>
/// <param name="Correlation">[method][method], -1..1.</param>
public sealed record AgreementMatrix(IReadOnlyList<string> Methods, IReadOnlyList<IReadOnlyList<double>> Correlation) : PlotFigure
{
    // Words in the paper's colour are readable on cells stronger than this, words in the text's colour on the others.
    private const double Strong = 0.7;

    /// <inheritdoc/>
    public override string Name => "agreement";

    /// <inheritdoc/>
    public override string Alt => $"Rank correlation of the maps of {string.Join(", ", Methods)}.";

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        for (var row = 0; row < Methods.Count; row++)
        {
            for (var column = 0; column < Methods.Count; column++) DrawCell(plot, row, column, Correlation[row][column]);
        }

        double[] places = [.. Enumerable.Range(0, Methods.Count).Select(place => (double)place)];
        plot.Axes.Bottom.TickGenerator = new NumericManual(places, [.. places.Select(place => $"{place + 1:0}")]);
        plot.Axes.Left.TickGenerator = new NumericManual([.. places.Select(place => -place)], [.. places.Select(place => $"{place + 1:0}")]);
        plot.Axes.SetLimits(-0.5, Methods.Count - 0.5, 0.5 - Methods.Count, 0.5);
        plot.Axes.Frame(false);
        plot.HideGrid();
        plot.XLabel("rank correlation of two methods' maps");
    }

    private static void DrawCell(Plot plot, int row, int column, double value)
    {
        var cell = plot.Add.Rectangle(column - 0.48, column + 0.48, -row - 0.48, -row + 0.48);
        (cell.FillColor, cell.LineColor, cell.LineWidth) = ((value < 0 ? Ink.Lazy : Ink.Repaired).WithAlpha(Math.Min(1, Math.Abs(value))), Ink.Hairline, 1);
        var words = plot.Add.Text(value.ToString("0.00", CultureInfo.InvariantCulture), column, -row);
        (words.LabelFontSize, words.LabelFontColor, words.LabelAlignment) = (Lettering.Size - 1, Math.Abs(value) > Strong ? Ink.Paper : Ink.Text, Alignment.MiddleCenter);
    }
}
