using System.Globalization;

namespace Pentimento.Data;

/// <summary>A column of a table as numbers: whole numbers stand for themselves, other numbers are numbered by size, words in alphabetical
/// order.</summary>
/// <param name="Values">The number of each cell.</param>
/// <param name="Names">What the numbers from 0 on stand for; empty where they stand for themselves.</param>
internal sealed record CellNumbers(long[] Values, IReadOnlyList<string> Names)
{
    // Beyond 2^53 a float64 is no longer every whole number.
    private const double Largest = 1L << 53;

    /// <summary>Numbers the cells of a column; blanks around a cell are no part of it, and <c>1.0</c> is the number 1.</summary>
    public static CellNumbers Of(IEnumerable<string> cells)
    {
        string[] trimmed = [.. cells.Select(cell => cell.Trim())];
        var numbers = Array.ConvertAll(trimmed, Number);
        if (numbers.Contains(null))
        {
            string[] names = [.. trimmed.Distinct().Order(StringComparer.Ordinal)];
            var placeOf = names.Index().ToDictionary(pair => pair.Item, pair => (long)pair.Index);
            return new(Array.ConvertAll(trimmed, cell => placeOf[cell]), names);
        }

        double[] sizes = [.. numbers.Select(number => number!.Value)];
        if (sizes.All(size => size >= 0 && size == Math.Floor(size))) return new(Array.ConvertAll(sizes, size => (long)size), []);
        double[] distinct = [.. sizes.Distinct().Order()];
        return new(
            Array.ConvertAll(sizes, size => (long)Array.BinarySearch(distinct, size)),
            [.. distinct.Select(size => size.ToString(CultureInfo.InvariantCulture))]);
    }

    private static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) <= Largest
            ? number
            : null;
}
