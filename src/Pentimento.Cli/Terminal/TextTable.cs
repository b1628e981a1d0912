namespace Pentimento.Cli.Terminal;

/// <summary>A table's cells, and which of its columns fit beside each other.</summary>
internal sealed class TextTable
{
    // Between two columns stand a space, the line, and a space; one character more frames the whole on each side.
    private const int Gap = 3;
    private const int Frame = 1;
    // Text is wrapped between words, but not into a column of a few letters; words as long as most cues' names stay whole.
    private const int NarrowestText = 12;
    private const int LongestWhole = 28;
    private const int LongestHeading = 24;

    /// <summary>Takes the cells as they are printed.</summary>
    public TextTable(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Headings = Short([.. headings.Select(heading => Printable.Of(heading))]);
        Rows = [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => Printable.Of(cell))])];
    }

    /// <summary>The headings, long ones shortened where that leaves them different.</summary>
    public IReadOnlyList<string> Headings { get; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>Whether a column holds numbers, which are not to be broken.</summary>
    public bool IsNumeric(int column) =>
        Rows.Count > 0 && Rows.All(row => row[column] is "-" or "" or "undefined" || row[column] is [>= '0' and <= '9', ..] or ['-', ..]);

    /// <summary>The columns of each table into which a table of this width is divided.</summary>
    /// <param name="width">Number of characters in a line.</param>
    /// <param name="keys">How many first columns are repeated in each.</param>
    public IReadOnlyList<IReadOnlyList<int>> Fitted(int width, int keys)
    {
        var tables = new List<List<int>> { Enumerable.Range(0, Math.Min(keys, Headings.Count)).ToList() };
        for (var at = tables[0].Count; at < Headings.Count; at++)
        {
            if (tables[^1].Count > keys && WidthOf([.. tables[^1], at]) > width) tables.Add([.. Enumerable.Range(0, keys)]);
            tables[^1].Add(at);
        }

        return tables;
    }

    private int WidthOf(IReadOnlyList<int> columns) => columns.Sum(Least) + (Gap * columns.Count) + Frame;

    /// <summary>The narrowest that a column may become.</summary>
    private int Least(int column)
    {
        var longest = Rows.Select(row => row[column].Length).DefaultIfEmpty().Max();
        return IsNumeric(column)
            ? Math.Max(longest, Headings[column].Length)
            : new[] { LongestWord(Headings[column]), Math.Min(longest, NarrowestText), Math.Min(LongestWordIn(column), LongestWhole) }.Max();
    }

    private int LongestWordIn(int column) => Rows.Select(row => LongestWord(row[column])).DefaultIfEmpty().Max();

    private static int LongestWord(string text) => text.Split(' ').Max(word => word.Length);

    private static List<string> Short(IReadOnlyList<string> headings)
    {
        // The end of a path says more than its beginning.
        List<string> cut = [.. headings.Select(heading => heading.Length <= LongestHeading ? heading : $"…{heading[^(LongestHeading - 1)..]}")];
        return cut.Distinct().Count() == headings.Distinct().Count() ? cut : [.. headings];
    }
}
