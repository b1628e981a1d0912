namespace Pentimento.Data;

/// <summary>CelebA as its authors hand it out: <c>list_attr_celeba</c> with forty attributes of -1 and 1, <c>list_eval_partition</c> with
/// splits.</summary>
/// <remarks>Liu, Luo, Wang and Tang, 2015, "Deep learning face attributes in the wild", arXiv:1411.7766.</remarks>
internal static class CelebaFolder
{
    private const string Attributes = "list_attr_celeba";
    private const string Partition = "list_eval_partition";
    private static readonly string[] Endings = [".csv", ".txt"];
    private static readonly string[] Pictures = ["img_align_celeba/img_align_celeba", "img_align_celeba", "img_celeba"];

    /// <summary>Whether a folder is one.</summary>
    public static bool Is(string folder) => FileOf(folder, Attributes) is not null && FileOf(folder, Partition) is not null;

    /// <summary>The attributes, splits and files of all pictures; which attribute is the class must be said.</summary>
    /// <exception cref="BadInputException">A list is malformed.</exception>
    public static TableRows Read(string folder)
    {
        var (table, parts) = (Table(FileOf(folder, Attributes)!), Table(FileOf(folder, Partition)!));
        var splitOf = parts.Rows.DistinctBy(row => row[0]).ToDictionary(row => row[0], row => row[^1]);
        var inside = Pictures.FirstOrDefault(place => Directory.Exists(Path.Combine(folder, place)), "");
        // 0 and 1, so that an attribute's values are numbers of their own.
        var rows = table.Rows.Select(row =>
            row.Select((cell, column) => column == 0 ? Path.Combine(inside, cell) : cell == "-1" ? "0" : cell).ToArray());
        return (table with { Header = ["file_name", .. table.Header.Skip(1)], Rows = [.. rows] })
            .With("split", row => splitOf.GetValueOrDefault(Path.GetFileName(row[0]), ""));
    }

    private static string? FileOf(string folder, string name) =>
        Endings.Select(ending => Path.Combine(folder, name + ending)).FirstOrDefault(File.Exists);

    /// <summary>The lists come as tables, or with spaces: a count, a header without the file, the rows.</summary>
    private static TableRows Table(string file)
    {
        if (file.EndsWith(".csv", StringComparison.Ordinal)) return TableRows.Read(file);
        var lines = File.ReadLines(file).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(line => line.Length > 0).ToList();
        string[] header = ["image_id", .. lines is [[_], var names, ..] ? names : ["partition"]];
        var rows = lines is [[_], ..] ? lines[2..] : lines;
        var odd = rows.Find(row => row.Length != header.Length);
        Require.That(odd is null, $"{file}: the row of {Printable.Short(odd?[0] ?? "", 40)} has {odd?.Length} cells, the header {header.Length}.");
        return new(file, header, rows);
    }
}
