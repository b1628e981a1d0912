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
    private static readonly string[] FileNames =
        ["file_name", "file", "filename", "img_filename", "image", "path", "image_path", "img_path", "filepath", "file_path", "image_id", "img"];

    private static readonly string[] LabelNames = ["label", "y", "class", "target", "category", "labels", "class_name"];
    private static readonly string[] SplitColumns = ["split", "partition"];
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

    /// <summary>Takes the rows of a split from a table.</summary>
    /// <param name="table">The rows of all splits, so that each value has the same number everywhere.</param>
    /// <param name="split">Which rows; all of a table without splits.</param>
    /// <param name="columns">What the columns are called.</param>
    /// <exception cref="BadInputException">A column is missing, or a row is malformed.</exception>
    public static ImageTable Of(TableRows table, Split split, TableColumns columns = default)
    {
        var (file, rows) = (table.File, table.Rows);
        var files = Find(table, columns.File, FileNames, "file");
        Require.That(files >= 0, $"{file} has no column 'file'; {Listed(table)}.");
        var labels = Find(table, columns.Label, LabelNames, "label");
        if (labels < 0) (table, rows, labels) = WithFolders(table, files);
        var unknown = rows.ToList().FindIndex(row => string.IsNullOrWhiteSpace(row[labels]));
        Require.That(unknown < 0, $"{file}: row {unknown + 1:N0} has no {table.Header[labels]}.");
        var halves = Find(table, columns.Split, SplitColumns, "split");
        var splitOf = SplitOf(table, halves, files);
        // Numbered over the whole table, so that all splits agree.
        var numbered = Enumerable.Range(0, table.Header.Count).Where(column => column != files && column != halves)
            .ToDictionary(column => column, column => CellNumbers.Of(rows.Select(row => row[column])));
        int[] chosen = [.. Enumerable.Range(0, rows.Count).Where(row => splitOf is null || splitOf(rows[row]) == split)];

        long[] Column(int column) => [.. chosen.Select(row => numbered[column].Values[row])];
        var colors = table.Find(ColorNames);
        // Only this software's own numbers are indices of a palette; the names of colours are an attribute like any other.
        if (colors == labels || (colors >= 0 && !IsPalette(numbered[colors]))) colors = -1;
        var others = numbered.Keys.Where(column => column != labels && column != colors)
            // A column without repetition is a name or a number of the image, not something that images share.
            .Where(column => numbered[column].Values.Distinct().Count() < rows.Count || rows.Count == 1 || NameOf(column) == ImageCovers.Column)
            .ToList();
        return new(
            [.. chosen.Select(row => rows[row][files])],
            Column(labels),
            numbered[labels].Names,
            colors < 0 ? [] : Column(colors),
            others.ToDictionary(NameOf, Column),
            others.Where(column => numbered[column].Names.Count > 0).ToDictionary(NameOf, column => numbered[column].Names),
            splitOf is not null);

        // A set's own colours are those of a palette; a column of that name that is none is called by the singular.
        string NameOf(int column) => table.Header[column].Equals("colors", StringComparison.OrdinalIgnoreCase) ? "color" : table.Header[column];
    }

    private static bool IsPalette(CellNumbers cells) => cells.Names.Count == 0 && cells.Values.All(value => value <= ImageSet.White);

    /// <summary>Which split a row belongs to; null where the table tells none apart.</summary>
    private static Func<string[], Split?>? SplitOf(TableRows table, int halves, int files)
    {
        if (halves >= 0)
        {
            Require.That(
                table.Rows.Count == 0 || table.Rows.Any(row => SplitNames.InTable(row[halves]) is not null),
                $"{table.File}: the column '{table.Header[halves]}' holds no split such as train, val, test or 0, 1, 2.");
            return row => SplitNames.InTable(row[halves]);
        }

        // Files that all lie in folders named by splits are split by them.
        return table.Rows.Count > 0 && table.Rows.All(row => FolderSplit(row[files]) is not null) ? row => FolderSplit(row[files]) : null;
    }

    private static Split? FolderSplit(string file) =>
        file.Split('/', '\\') is { Length: > 1 } parts ? SplitNames.Named(parts[0]) : null;

    /// <summary>The table with the files' folders as their classes.</summary>
    private static (TableRows Table, IReadOnlyList<string[]> Rows, int Label) WithFolders(TableRows table, int files)
    {
        var classed = table.With("label", row => Class(row[files]));
        Require.That(
            classed.Rows.All(row => row[^1].Length > 0),
            $"{table.File} has no column 'label', and its files lie in no folders that could be classes; {Listed(table)}; name one with "
                + $"--columns label=NAME.");
        return (classed, classed.Rows, classed.Header.Count - 1);
    }

    private static string Class(string file) =>
        file.Split('/', '\\')[..^1].FirstOrDefault(part => part is not ("" or "." or "..") && SplitNames.Named(part) is null, "");

    private static int Find(TableRows table, string? wanted, string[] names, string meaning)
    {
        if (string.IsNullOrEmpty(wanted)) return table.Find(names);
        var found = table.Find(wanted);
        Require.That(found >= 0, $"{table.File} has no column '{wanted}' to be the {meaning}; {Names.Suggest(wanted, table.Header.Take(40))}");
        return found;
    }

    private static string Listed(TableRows table) =>
        $"its columns are {string.Join(", ", table.Header.Take(20).Select(name => Printable.Short(name, 40)))}";
}
