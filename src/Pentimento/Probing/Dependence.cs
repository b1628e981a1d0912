using Pentimento.Data;

namespace Pentimento.Probing;

/// <summary>A test of the dependence of color and digit in a set; where they are dependent, information on one is also information on the
/// other.</summary>
internal static class Dependence
{
    private const double Least = 0.02;

    /// <summary>A sentence that warns of a dependence, or null where it is not significant or negligible.</summary>
    /// <param name="name">The set.</param>
    /// <param name="labels">int64 (N).</param>
    /// <param name="colors">int64 (N), the values of the attribute.</param>
    /// <param name="attribute">What the attribute is called.</param>
    public static string? Warning(string name, long[] labels, long[] colors, string attribute = ImageSet.Color)
    {
        var table = new ContingencyTable(labels, colors);
        if (table.Columns.Count < 2)
            return $"every image of {name} has the same {attribute}, so information on {attribute} cannot be estimated"
                + (attribute == ImageSet.Color ? "; un_0z is made for probing." : ".");
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
            $"in {name} the {attribute} tells {100 * share:0}% of the {(attribute == ImageSet.Color ? "digit" : "label")}, so a neuron with "
                + $"information ")
            + "on one seems to have information on the other; trust only the conditional measures, or probe "
            + (attribute == ImageSet.Color ? "un_0z, where they are independent." : "images in which they are independent.");
    }
}
