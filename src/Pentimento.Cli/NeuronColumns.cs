using System.Globalization;
using Pentimento.Probing;

namespace Pentimento.Cli;

/// <summary>A neuron's numbers as columns, for tables and comma-separated files.</summary>
internal static class NeuronColumns
{
    private static readonly (string Name, Func<Neuron, object> Value, bool Printed)[] Fixed =
    [
        ("layer", neuron => neuron.Layer, true),
        ("index", neuron => neuron.Index, true),
        ("role", neuron => neuron.Role, true),
        ("agreement", neuron => neuron.Agreement, true),
        ("miColor", neuron => neuron.MiColor, true),
        ("miDigit", neuron => neuron.MiDigit, true),
        ("miColorGivenDigit", neuron => neuron.MiColorGivenDigit, false),
        ("miDigitGivenColor", neuron => neuron.MiDigitGivenColor, false),
        ("color", neuron => neuron.Color, false),
        ("digit", neuron => neuron.Digit, false),
        ("colorGivenDigit", neuron => neuron.ColorGivenDigit, true),
        ("digitGivenColor", neuron => neuron.DigitGivenColor, false),
        ("survives", neuron => neuron.Survives, true),
        ("pColor", neuron => neuron.PColor, false),
        ("pDigit", neuron => neuron.PDigit, false),
        ("qColor", neuron => neuron.QColor, true),
        ("qDigit", neuron => neuron.QDigit, true),
        ("strength", neuron => neuron.Strength, true),
        ("active", neuron => neuron.Active ? 1 : 0, false),
        ("entropy", neuron => neuron.Entropy, true),
        ("purity", neuron => neuron.Purity, false),
        ("polysemantic", neuron => neuron.Polysemantic, true),
        ("naiveLabels", neuron => neuron.NaiveLabels, false),
    ];

    /// <summary>The columns of these neurons, one for each set on which they were silenced among them.</summary>
    public static IReadOnlyList<(string Name, Func<Neuron, object> Value, bool Printed)> Of(IReadOnlyList<Neuron> neurons) =>
        [.. Fixed, .. neurons[0].Ablation.Keys.Select(set => ($"without:{set}", (Func<Neuron, object>)(neuron => neuron.Ablation[set]), true))];

    /// <summary>The neurons with the largest of a column first; words in their order.</summary>
    /// <exception cref="BadInputException">There is no such column.</exception>
    public static IReadOnlyList<Neuron> Sorted(IReadOnlyList<Neuron> neurons, string column)
    {
        var columns = Of(neurons);
        var found = columns.FirstOrDefault(known => known.Name.Equals(column, StringComparison.OrdinalIgnoreCase));
        Require.That(
            found.Value is not null,
            $"--sort {column}: there is no such column; {Names.Suggest(column, columns.Select(known => known.Name))}");
        return found.Value(neurons[0]) is string
            ? [.. neurons.OrderBy(neuron => (string)found.Value(neuron), StringComparer.Ordinal)]
            : [.. neurons.OrderByDescending(neuron => Convert.ToDouble(found.Value(neuron), CultureInfo.InvariantCulture))];
    }

    /// <summary>A value as a person reads it, or in full.</summary>
    public static string Written(object value, bool inFull) => value switch
    {
        double number => number.ToString(inFull ? "R" : "0.000", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>A comma-separated table with a header.</summary>
    public static string Csv(IReadOnlyList<Neuron> neurons)
    {
        var columns = Of(neurons);
        return Foundation.Csv.Text(
            neurons.Select(neuron => columns.Select(column => Written(column.Value(neuron), inFull: true))).Prepend(columns.Select(column => column.Name)),
            "\n");
    }
}
