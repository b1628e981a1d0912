using nietras.SeparatedValues;

namespace Pentimento.Data;

/// <summary>What a table says of pictures.</summary>
/// <param name="Files">Relative to the folder.</param>
/// <param name="Labels">The class of each.</param>
/// <param name="ClassNames">What the classes are called, or empty where labels are numbers.</param>
/// <param name="Colors">The palette index of each, or empty.</param>
/// <param name="Attributes">The other columns, numbered where they are words.</param>
/// <param name="ValueNames">What the values of attributes are called that are words.</param>
/// <param name="HasSplits">Whether the table tells training from test images.</param>
internal sealed record ImageTable(
    IReadOnlyList<string> Files,
    long[] Labels,
    IReadOnlyList<string> ClassNames,
    long[] Colors,
    IReadOnlyDictionary<string, long[]> Attributes,
    IReadOnlyDictionary<string, IReadOnlyList<string>> ValueNames,
    bool HasSplits)
{
    private const int MostRows = 20_000_000;
    private const int MostColumns = 1000;
    private static readonly string[] FileNames = ["file", "filename", "img_filename", "image", "path"];
    private static readonly string[] LabelNames = ["label", "y", "class"];
    private static readonly string[] ColorNames = ["color", "colors"];

    /// <summary>From files whose classes are known by name; numbers stand for themselves, words are numbered in order.</summary>
    /// <param name="entries">The files of a split.</param>
    /// <param name="classes">The classes of all splits, so that each has the same number everywhere.</param>
    public static ImageTable Of(IReadOnlyList<(string File, string Class)> entries, IReadOnlyList<string> classes)
    {
        var numbers = CellNumbers.Of(classes);
        var numberOf = classes.Zip(numbers.Values).ToDictionary(pair => pair.First, pair => pair.Second);
        return new(
            [.. entries.Select(entry => entry.File)],
            [.. entries.Select(entry => numberOf[entry.Class])],
            numbers.Names,
            [],
            new Dictionary<string, long[]>(),
            new Dictionary<string, IReadOnlyList<string>>(),
            HasSplits: false);
    }

    /// <summary>Reads the rows of a split from a comma-separated table with a header.</summary>
    /// <exception cref="BadInputException">A column is missing, or a row is malformed.</exception>
    public static ImageTable Read(string file, Split split)
    {
        var (header, rows) = Rows(file);
        var files = Find(header, FileNames, file, "file");
        var labels = Find(header, LabelNames, file, "label");
        var halves = header.FindIndex(name => name.Equals("split", StringComparison.OrdinalIgnoreCase));
        var unknown = rows.FindIndex(row => string.IsNullOrWhiteSpace(row[labels]));
        Require.That(unknown < 0, $"{file}: row {unknown + 1:N0} has no {header[labels]}.");
        // Numbered over the whole table, so that all splits agree.
        var numbered = Enumerable.Range(0, header.Count).Where(column => column != files && column != halves)
            .ToDictionary(column => column, column => CellNumbers.Of(rows.Select(row => row[column])));
        int[] chosen = [.. Enumerable.Range(0, rows.Count).Where(row => halves < 0 || Means(rows[row][halves].Trim(), split))];

        long[] Column(int column) => [.. chosen.Select(row => numbered[column].Values[row])];
        var colors = header.FindIndex(name => ColorNames.Contains(name, StringComparer.OrdinalIgnoreCase));
        // Only this software's own numbers are indices of a palette; the names of colours are an attribute like any other.
        if (colors >= 0 && (numbered[colors].Names.Count > 0 || numbered[colors].Values.Any(value => value > ImageSet.White))) colors = -1;
        var others = numbered.Keys.Where(column => column != labels && column != colors)
            // A column without repetition is a name or a number of the image, not something that images share.
            .Where(column => numbered[column].Values.Distinct().Count() < rows.Count || rows.Count == 1).ToList();
        return new(
            [.. chosen.Select(row => rows[row][files])],
            Column(labels),
            numbered[labels].Names,
            colors < 0 ? [] : Column(colors),
            others.ToDictionary(NameOf, Column),
            others.Where(column => numbered[column].Names.Count > 0).ToDictionary(NameOf, column => numbered[column].Names),
            halves >= 0);

        // A set's own colours are those of a palette; a column of that name that is none is called by the singular.
        string NameOf(int column) => header[column].Equals("colors", StringComparison.OrdinalIgnoreCase) ? "color" : header[column];
    }

    private static (List<string> Header, List<string[]> Rows) Rows(string file)
    {
        try
        {
            using var reader = Sep.New(',').Reader(options => options with { Unescape = true }).FromFile(file);
            var header = reader.Header.ColNames.ToList();
            Require.That(header.Count <= MostColumns, $"{file} has {header.Count:N0} columns; at most {MostColumns:N0} are read.");
            var rows = new List<string[]>();
            foreach (var row in reader)
            {
                Require.That(rows.Count < MostRows, $"{file} has more than {MostRows:N0} rows.");
                var cells = new string[header.Count];
                for (var column = 0; column < cells.Length; column++) cells[column] = row[column].ToString();
                rows.Add(cells);
            }

            return (header, rows);
        }
        catch (Exception failure) when (failure is InvalidDataException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{file} is not a comma-separated table: {Shortened(failure.Message)}", failure);
        }
    }

    // The message quotes the row, and the row may be anything.
    private static string Shortened(string message) => string.Concat(message.Where(letter => !char.IsControl(letter)).Take(160));

    private static int Find(List<string> header, string[] names, string file, string meaning)
    {
        var found = header.FindIndex(name => names.Contains(name, StringComparer.OrdinalIgnoreCase));
        Require.That(found >= 0, $"{file} has no column '{meaning}'; its columns are {string.Join(", ", header.Take(20))}.");
        return found;
    }

    /// <summary>WILDS numbers its splits 0 (train), 1 (validation), 2 (test).</summary>
    private static bool Means(string cell, Split split) => split == Split.Train
        ? cell is "0" || cell.Equals("train", StringComparison.OrdinalIgnoreCase)
        : cell is "2" || cell.Equals("test", StringComparison.OrdinalIgnoreCase);
}
