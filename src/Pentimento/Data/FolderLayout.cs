namespace Pentimento.Data;

/// <summary>
/// What a folder, or a table, says of its pictures: a table at the top (<c>metadata.csv</c>, <c>.tsv</c> or <c>.jsonl</c>) or in each split's
/// folder, as Hugging Face has it; CelebA's lists; or one folder a class, at the top or within folders of splits.
/// </summary>
internal static class FolderLayout
{
    private static readonly string[] Tables = ["metadata.csv", "metadata.jsonl", "metadata.tsv"];
    private static readonly Split[] Splits = [Split.Train, Split.Val, Split.Test];

    /// <summary>The pictures of a split; null where there is no layout that is known.</summary>
    /// <param name="place">The folder, or the file of a table.</param>
    /// <param name="split">Which pictures; all where nothing tells splits apart.</param>
    /// <param name="columns">What the columns of a table are called.</param>
    /// <exception cref="BadInputException">A table is malformed, or a class holds no picture.</exception>
    public static ImageTable? Read(string place, Split split, TableColumns columns)
    {
        Require.That(
            TableIn(place) is not null || !CelebaFolder.Is(place) || !string.IsNullOrEmpty(columns.Label),
            $"{place} is CelebA, whose pictures have attributes and no class; name one of them with --columns label=Blond_Hair.");
        if (Rows(place) is { } rows) return ImageTable.Of(rows, split, columns);
        if (!Directory.Exists(place)) return null;
        var entries = Splits.ToDictionary(half => half, half => Entries(place, half));
        var all = HasSplits(place) ? Splits.SelectMany(half => entries[half]).ToList() : entries[split];
        if (all.Count == 0) return null;
        string[] classes = [.. all.Select(entry => entry.Class).Distinct()];
        CheckClasses(place, classes);
        return ImageTable.Of(entries[split], classes) with { HasSplits = HasSplits(place) };
    }

    /// <summary>The folder that the files of a place are relative to.</summary>
    public static string Root(string place) => Directory.Exists(place) ? place : Path.GetDirectoryName(Path.GetFullPath(place))!;

    /// <summary>The folders of a split; several where somebody has both test and testing.</summary>
    public static IEnumerable<string> FoldersOf(string folder, Split split) => !Directory.Exists(folder) ? [] : Directory.GetDirectories(folder)
        .Where(half => SplitNames.Named(Path.GetFileName(half)) == split && HoldsClasses(half)).Order(StringComparer.Ordinal);

    /// <summary>The rows of a folder's table, or of its splits' tables; null where there is none.</summary>
    private static TableRows? Rows(string place)
    {
        if (File.Exists(place)) return TableRows.Read(place);
        if (TableIn(place) is { } table) return TableRows.Read(table);
        if (CelebaFolder.Is(place)) return CelebaFolder.Read(place);
        var parts = Splits.SelectMany(split => FoldersOf(place, split).Select(half => (Split: split, Folder: half, Table: TableIn(half)))).ToList();
        return parts.All(part => part.Table is null) ? null : TableRows.Joined([.. parts.Where(part => part.Table is not null).Select(InSplit)]);

        TableRows InSplit((Split Split, string Folder, string? Table) part)
        {
            var read = TableRows.Read(part.Table!);
            var file = read.Find("file_name", "file", "filename");
            Require.That(file >= 0, $"{part.Table} has no column 'file_name'; its columns are {string.Join(", ", read.Header.Take(20))}.");
            var half = Path.GetFileName(part.Folder);
            var rows = read.Rows.Select(row => row.Select((cell, column) => column == file ? $"{half}/{cell}" : cell).ToArray()).ToList();
            var known = read with { Header = [.. read.Header.Select((name, column) => column == file ? "file_name" : name)], Rows = rows };
            return known.Find("split") >= 0 ? known : known.With("split", _ => SplitNames.Of(part.Split));
        }
    }

    private static string? TableIn(string folder) => Tables.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static bool HasSplits(string folder) => Splits.Any(split => FoldersOf(folder, split).Any());

    /// <summary>A folder called <c>train</c> that holds pictures themselves is a class of trains.</summary>
    private static bool HoldsClasses(string half) => TableIn(half) is not null || !Directory.EnumerateFiles(half).Any(IsPicture);

    /// <summary>Files with the names of their classes: pictures of any depth below a class's folder.</summary>
    private static List<(string File, string Class)> Entries(string folder, Split split)
    {
        var roots = HasSplits(folder) ? FoldersOf(folder, split) : [folder];
        return
        [
            .. roots.SelectMany(ClassFolders).SelectMany(place => Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories)
                .Where(file => IsPicture(file) && Path.GetRelativePath(place, file).Split(Path.DirectorySeparatorChar).All(IsSomebodys))
                .Order(StringComparer.Ordinal).Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), Path.GetFileName(place)))),
        ];
    }

    /// <summary>Refuses a class without a picture in any split: whether it counts would decide the numbers of the others.</summary>
    private static void CheckClasses(string folder, string[] classes)
    {
        var roots = HasSplits(folder) ? Splits.SelectMany(split => FoldersOf(folder, split)) : [folder];
        var empty = roots.SelectMany(ClassFolders).FirstOrDefault(place => !classes.Contains(Path.GetFileName(place)));
        Require.That(empty is null, $"{empty} holds no picture, so it is no class; fill it or take it away.");
    }

    private static IEnumerable<string> ClassFolders(string root) =>
        Directory.GetDirectories(root).Where(place => IsSomebodys(Path.GetFileName(place))).Order(StringComparer.Ordinal);

    private static bool IsPicture(string file) =>
        IsSomebodys(Path.GetFileName(file)) && PictureDecoder.Endings.Contains(Path.GetExtension(file).ToLowerInvariant());

    // What programs leave behind, by the names that they agree on: .ipynb_checkpoints, ._photo.png, __MACOSX.
    private static bool IsSomebodys(string name) => name[0] != '.' && name != "__MACOSX";
}
