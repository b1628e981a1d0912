using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>A table whose cells are as strong in colour as their numbers are large; numbers below 0 have another colour.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="Across">What the columns are.</param>
/// <param name="Down">What the rows are.</param>
/// <param name="Columns">The columns' names, from left to right.</param>
/// <param name="Rows">The rows' names, from top to bottom.</param>
/// <param name="Cells">[row][column]; a cell that is not a number stays empty.</param>
public record HeatTable(
    string Name,
    string Alt,
    string Across,
    string Down,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Rows,
    IReadOnlyList<IReadOnlyList<double>> Cells) : PlotFigure
{
    // Text in the paper's colour are readable on cells stronger than this, text in the text's colour on the others.
    private const double Strong = 0.8;

    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <inheritdoc/>
    public override string Alt { get; } = Alt;

    /// <inheritdoc/>
    public override int Width => Math.Max(320, 120 + (int)Rows.Max(row => 8.0 * row.Length) + (CellWidth * Columns.Count));

    /// <inheritdoc/>
    public override int Height => 100 + (34 * Rows.Count);

    /// <summary>The number whose cell has the full colour.</summary>
    public double Full { get; init; } = Cells.SelectMany(row => row).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max();

    /// <summary>How numbers are written.</summary>
    public Scale Scale { get; init; } = Scale.Plain;

    /// <inheritdoc/>
    public override Table? Values => new([Down, .. Columns], [.. Rows.Zip(Cells, (name, cells) => (IConvertible?[])[name, .. cells])]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks => Rows.SelectMany((_, row) => Columns.Select((_, at) =>
        new Mark(double.IsFinite(Cells[row][at]) ? at : double.NaN, -row, Tip(row, at))));

    /// <summary>The colour of numbers above 0.</summary>
    protected virtual Color Ground => PlotColors.Repaired;

    private int CellWidth => Math.Max(38, 9 * Columns.Max(column => column.Length));

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        for (var row = 0; row < Rows.Count; row++)
        {
            for (var column = 0; column < Columns.Count; column++)
            {
                if (double.IsFinite(Cells[row][column])) Draw(plot, row, column);
            }
        }

        plot.Axes.Bottom.Heads(Columns.Select((_, column) => (double)column), Columns);
        plot.Axes.Left.Heads(Rows.Select((_, row) => (double)-row), Rows);
        plot.Axes.SetLimits(-0.5, Columns.Count - 0.5, 0.5 - Rows.Count, 0.5);
        plot.Axes.Frame(false);
        plot.HideGrid();
        plot.XLabel(Across);
        plot.YLabel(Down);
    }

    /// <summary>What a cell says.</summary>
    protected virtual string Text(int row, int column) => Scale.Short(Cells[row][column]);

    /// <summary>The text that is shown where a cell is pointed at.</summary>
    protected virtual string Tip(int row, int column) => $"{Down} {Rows[row]}, {Across} {Columns[column]}: {Text(row, column)}";

    /// <summary>How strong a cell's colour is, 0..1.</summary>
    protected virtual double Strength(int row, int column) => Math.Min(1, Math.Abs(Cells[row][column]) / Math.Max(Full, double.Epsilon));

    private void Draw(Plot plot, int row, int column)
    {
        var strength = Strength(row, column);
        var cell = plot.Add.Rectangle(column - 0.48, column + 0.48, -row - 0.48, -row + 0.48);
        var color = Cells[row][column] < 0 ? PlotColors.Lazy : Ground;
        (cell.FillColor, cell.LineColor, cell.LineWidth) = (color.WithAlpha(strength), PlotColors.Hairline, 1);
        plot.Write(Text(row, column), column, -row, Alignment.MiddleCenter).LabelFontColor = strength > Strong ? PlotColors.Paper : PlotColors.Text;
    }
}
