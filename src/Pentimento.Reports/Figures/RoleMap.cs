using Pentimento.Evaluation;
using Pentimento.Probing;
using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>The neurons of a layer by their information about the colour and what survives of that about the class.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Neurons">Its neurons.</param>
internal sealed record RoleMap(string Layer, IReadOnlyList<Neuron> Neurons) : PlotFigure
{
    // Roles differ by their marks as well as by colour.
    private static readonly (string Role, MarkerShape Shape, Color Color)[] Kinds =
    [
        ("traitor", MarkerShape.FilledCircle, PlotColors.Lazy),
        ("hero", MarkerShape.FilledTriangleUp, PlotColors.Repaired),
        ("both", MarkerShape.FilledSquare, PlotColors.Sets[1]),
        ("none", MarkerShape.OpenCircle, PlotColors.Text),
        ("dead", MarkerShape.Cross, PlotColors.Text),
    ];

    /// <inheritdoc/>
    public override string Name => $"roles-{Layer}";

    /// <inheritdoc/>
    public override string Alt =>
        $"The neurons of {Layer} by their information about colour and about class: {string.Join(", ", Neurons
            .CountBy(neuron => neuron.Role)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Value} {group.Key}"))}.";

    /// <inheritdoc/>
    public override string Heading => $"What the neurons of {Layer} tell";

    /// <inheritdoc/>
    public override Table? Values => new(
        ["neuron", "role", "information about the colour", "information about the class left"],
        [.. Neurons.Select(neuron => (IConvertible?[])[neuron.Index, neuron.Role, neuron.ColorGivenDigit, neuron.Survives])]);

    /// <inheritdoc/>
    protected override IEnumerable<Mark> Marks =>
        Neurons.Select(neuron => new Mark(
            neuron.ColorGivenDigit,
            neuron.Survives,
            $"neuron {neuron.Index}, {neuron.Role}: colour {Numbers.Percent(neuron.ColorGivenDigit)}, class {Numbers.Percent(neuron.Survives)}"));

    /// <inheritdoc/>
    protected override void Draw(Plot plot)
    {
        foreach (var (role, shape, color) in Kinds)
        {
            var those = Neurons.Where(neuron => neuron.Role == role).ToList();
            if (those.Count == 0)
                continue;
            var marks = plot.Add.ScatterPoints(
                those.Select(neuron => neuron.ColorGivenDigit).ToArray(),
                those.Select(neuron => neuron.Survives).ToArray(),
                color);
            (marks.MarkerShape, marks.MarkerSize) = (shape, 8);
            plot.Explain($"{those.Count} {role}", color, shape);
        }

        var most = Math.Max(0.05, Neurons.Max(neuron => Math.Max(neuron.ColorGivenDigit, neuron.Survives)));
        plot.Axes.SetLimits(-0.04 * most, 1.08 * most, -0.04 * most, 1.08 * most);
        plot.XLabel("information about the colour");
        plot.YLabel("information about the class left");
        plot.Legend(Edge.Right);
    }
}
