using System.Globalization;

namespace Pentimento.Probing;

/// <summary>A neuron's numbers as columns, for tables and comma-separated files.</summary>
internal static class NeuronColumns
{
    private static readonly (string Name, Func<Neuron, object> Value)[] Fixed =
    [
        ("layer", neuron => neuron.Layer),
        ("index", neuron => neuron.Index),
        ("role", neuron => neuron.Role),
        ("agreement", neuron => neuron.Agreement),
        ("miColor", neuron => neuron.MiColor),
        ("miDigit", neuron => neuron.MiDigit),
        ("miColorGivenDigit", neuron => neuron.MiColorGivenDigit),
        ("miDigitGivenColor", neuron => neuron.MiDigitGivenColor),
        ("color", neuron => neuron.Color),
        ("digit", neuron => neuron.Digit),
        ("colorGivenDigit", neuron => neuron.ColorGivenDigit),
        ("digitGivenColor", neuron => neuron.DigitGivenColor),
        ("survives", neuron => neuron.Survives),
        ("pColor", neuron => neuron.PColor),
        ("pDigit", neuron => neuron.PDigit),
        ("qColor", neuron => neuron.QColor),
        ("qDigit", neuron => neuron.QDigit),
        ("strength", neuron => neuron.Strength),
        ("active", neuron => neuron.Active ? 1 : 0),
        ("entropy", neuron => neuron.Entropy),
        ("purity", neuron => neuron.Purity),
        ("polysemantic", neuron => neuron.Polysemantic),
        ("naiveLabels", neuron => neuron.NaiveLabels),
    ];

    /// <summary>The columns of these neurons, one for each set on which they were silenced among them.</summary>
    public static IReadOnlyList<(string Name, Func<Neuron, object> Value)> Of(IReadOnlyList<Neuron> neurons) =>
        [.. Fixed, .. neurons[0].Ablation.Keys.Select(set => ($"without:{set}", (Func<Neuron, object>)(neuron => neuron.Ablation[set])))];

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
            neurons.Select(neuron => columns.Select(column => Written(column.Value(neuron),
                inFull: true))).Prepend(columns.Select(column => column.Name)),
            "\n");
    }
}
