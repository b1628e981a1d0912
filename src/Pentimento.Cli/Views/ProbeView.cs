using System.Globalization;
using Pentimento.Cli.Terminal;
using Pentimento.Operations;
using Pentimento.Probing;

namespace Pentimento.Cli.Views;

/// <summary>The neurons with their roles, and the accuracies without groups of them.</summary>
internal sealed class ProbeView : View<ProbeResult>
{
    // The first ones are shown wherever they fit.
    private static readonly (string Column, string Heading)[] Shown =
    [
        ("layer", "layer"), ("index", "no"), ("role", "role"), ("agreement", "agree"), ("colorGivenDigit", "colour"), ("digitGivenColor", "class"),
        ("survives", "survives"), ("polysemantic", "poly"), ("qColor", "q colour"), ("qDigit", "q class"), ("strength", "strength"),
        ("entropy", "entropy"),
    ];

    /// <inheritdoc/>
    protected override void Print(ProbeResult result, TextWriter output)
    {
        var all = NeuronColumns.Of(result.Neurons).ToDictionary(column => column.Name);
        var columns = Shown.Select(shown => all[shown.Column]).ToList();
        Tables.WriteFirst(
            output,
            [.. Shown.Select(shown => shown.Heading)],
            [.. result.Neurons.Select(neuron =>
                (IReadOnlyList<string>)[.. columns.Select(column => NeuronColumns.Written(column.Value(neuron), inFull: false))])],
            $"all, with all columns: {result.Table}");
        output.WriteLine("Agree: the share of resamples with the same role. Colour, class: information on one where the other is known, as shares.");
        foreach (var layer in result.Layers.Where(layer => layer.Groups.Count > 0))
        {
            Tables.Write(
                output,
                [$"{layer.Name} without", "count", .. layer.Groups[0].Accuracy.Keys],
                layer.Groups.Select(group => (IReadOnlyList<string>)
                [
                    group.Name,
                    group.Channels.Count.ToString(CultureInfo.InvariantCulture),
                    .. group.Accuracy.Values.Select(share => Tables.Percent(share.Value)),
                ]),
                keys: 2);
        }

        var roles = result.Neurons.CountBy(neuron => neuron.Role).OrderByDescending(group => group.Value);
        output.WriteLine(string.Join(", ", roles.Select(group => $"{group.Value} {group.Key}")));
        output.WriteLine($"All neurons, all columns: {result.Table}");
        output.WriteLine($"To look through: {result.Atlas}");
    }
}
