using Pentimento.Evaluation;
using Pentimento.Probing;
using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>How many classes the strongest images of each neuron show, against how strongly they activate it.</summary>
/// <remarks>The "inactive neuron illusion" of the report that this software implements.</remarks>
/// <param name="Layer">The layer.</param>
/// <param name="Neurons">Its neurons.</param>
internal sealed record InactiveIllusion(string Layer, IReadOnlyList<Neuron> Neurons) : PlotFigure
{
    /// <inheritdoc/>
    public override string Name => $"illusion-{Layer}";

    /// <inheritdoc/>
    public override string Alt =>
        $"Digits among the 20 strongest images of each neuron of {Layer}, against its strength; "
        + $"{Neurons.Count(neuron => !neuron.Active)} of {Neurons.Count} are inactive.";

    /// <inheritdoc/>
    public override string Heading => $"Digits among the strongest images of {Layer}";

    /// <inheritdoc/>
    public override Table? Values => new(
        ["neuron", "active", "strength", "classes among the strongest images"],
        [.. Neurons.Select(neuron => (IConvertible?[])[neuron.Index, neuron.Active, neuron.Strength, neuron.NaiveLabels])]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks =>
        Neurons.Select(neuron => new Mark(
            neuron.Strength,
            neuron.NaiveLabels,
            $"neuron {neuron.Index}, {(neuron.Active ? "active" : "inactive")}: strength {Numbers.Significant(neuron.Strength)}, "
            + $"{neuron.NaiveLabels} classes"));

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        foreach (
            var (active, name, shape, color) in new[]
            {
                (true, "active", MarkerShape.FilledCircle, PlotColors.Repaired),
                (false, "inactive", MarkerShape.OpenCircle, PlotColors.Lazy),
            }
        )
        {
            var those = Neurons.Where(neuron => neuron.Active == active).ToList();
            if (those.Count == 0)
                continue;
            var marks = plot.Add.ScatterPoints(
                those.Select(neuron => neuron.Strength).ToArray(),
                those.Select(neuron => (double)neuron.NaiveLabels).ToArray(),
                color);
            (marks.MarkerShape, marks.MarkerSize) = (shape, 8);
            plot.Explain($"{those.Count} {name}", color, shape);
        }

        var (least, most) = (Math.Min(0, Neurons.Min(neuron => neuron.Strength)), Math.Max(1e-3, Neurons.Max(neuron => neuron.Strength)));
        plot.Axes.SetLimits(least - (0.04 * (most - least)), most + (0.08 * (most - least)), 0, Neurons.Max(neuron => neuron.NaiveLabels) + 1);
        plot.XLabel("strength");
        plot.YLabel("classes among its strongest images");
        plot.Legend(Edge.Right);
    }
}
