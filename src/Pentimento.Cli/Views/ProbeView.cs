using System.Globalization;
using Pentimento.Cli.Terminal;
using Pentimento.Operations;
using Pentimento.Probing;

namespace Pentimento.Cli.Views;

/// <summary>The neurons with their roles, and the accuracies without groups of them.</summary>
internal sealed class ProbeView : View<ProbeResult>
{
    // As many columns as fit into 80 characters.
    private static readonly string[] Shown = ["layer", "index", "role", "agreement", "colorGivenDigit", "survives", "polysemantic"];

    /// <inheritdoc/>
    protected override void Print(ProbeResult result, TextWriter output)
    {
        var columns = NeuronColumns.Of(result.Neurons).Where(column => Shown.Contains(column.Name)).ToList();
        Tables.Write(
            output,
            [.. columns.Select(column => column.Name)],
            result.Neurons.Select(neuron =>
                (IReadOnlyList<string>)[.. columns.Select(column => NeuronColumns.Written(column.Value(neuron), inFull: false))]));
        foreach (var layer in result.Layers.Where(layer => layer.Groups.Count > 0))
        {
            Tables.Write(
                output,
                [$"{layer.Name} without", "channels", .. layer.Groups[0].Accuracy.Keys],
                layer.Groups.Select(group => (IReadOnlyList<string>)
                [
                    group.Name,
                    group.Channels.Count.ToString(CultureInfo.InvariantCulture),
                    .. group.Accuracy.Values.Select(share => Tables.Percent(share.Value)),
                ]));
        }

        var roles = result.Neurons.CountBy(neuron => neuron.Role).OrderByDescending(group => group.Value);
        output.WriteLine(string.Join(", ", roles.Select(group => $"{group.Value} {group.Key}")));
        output.WriteLine($"All columns: {result.Table}");
        output.WriteLine($"To look through: {result.Atlas}");
    }
}
