using Pentimento.Data;

namespace Pentimento.Probing;

/// <summary>Whether the colours of a set say something of its digits; where they do, what a neuron knows of one it seems to know of the
/// other.</summary>
public static class Dependence
{
    private const double Least = 0.02;

    /// <summary>A sentence that warns of a dependence, or null where there is none to speak of.</summary>
    /// <param name="name">The set.</param>
    /// <param name="labels">int64 (N).</param>
    /// <param name="colors">int64 (N).</param>
    public static string? Warning(string name, long[] labels, long[] colors)
    {
        var table = new ContingencyTable(labels, colors);
        if (table.Columns.Count < 2)
            return $"every image of {name} wears the same colour, so nothing can be learned of colour; un_0z is made for probing.";
        if (table.RowEntropy <= 0)
            return null;
        // Of independent attributes, 2N times the plug-in information is distributed as chi-square with this many degrees of freedom.
        var freedom = (table.Rows.Count - 1.0) * (table.Columns.Count - 1);
        var chance = (freedom + (4 * Math.Sqrt(2 * freedom))) / (2 * labels.Length);
        var bias = (table.Counts.Sum(row => row.Count(count => count > 0)) + 1.0 - table.Rows.Count - table.Columns.Count) / (2 * labels.Length);
        var share = (table.MutualInformation - bias) / table.RowEntropy;
        if (table.MutualInformation < chance || share < Least)
            return null;
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"in {name} the colour tells {100 * share:0}% of the digit, so a neuron that knows one seems to know the other; trust only the conditional measures, or probe un_0z, where they are independent."
        );
    }
}
