using System.Globalization;

namespace Pentimento.Foundation;

/// <summary>Tables as comma-separated values: one rule for every file.</summary>
/// <remarks>RFC 4180, "Common format and MIME type for comma-separated values (CSV) files".</remarks>
internal static class Csv
{
    /// <summary>The text of rows.</summary>
    /// <param name="rows">The cells of each row.</param>
    /// <param name="end">What ends a row.</param>
    public static string Text(IEnumerable<IEnumerable<string>> rows, string end = "\r\n") =>
        string.Concat(rows.Select(row => string.Join(',', row.Select(Cell)) + end));

    /// <summary>A cell, in quotes where it would break the row; text that a spreadsheet would compute gets an apostrophe before it, and what a
    /// terminal would obey is replaced.</summary>
    public static string Cell(string text)
    {
        var shown = Printable.Of(text, lines: true);
        var plain = IsFormula(shown) ? $"'{shown}" : shown;
        return plain.AsSpan().ContainsAny(",\"\r\n") || plain != plain.Trim() ? $"\"{plain.Replace("\"", "\"\"")}\"" : plain;
    }

    /// <summary>A cell as it was before <see cref="Cell"/>: without the apostrophe that keeps a spreadsheet from computing it.</summary>
    public static string Plain(string cell) => cell.Length > 1 && cell[0] == '\'' && IsFormula(cell[1..]) ? cell[1..] : cell;

    private static bool IsFormula(string text) =>
        text.Length > 0
        && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
