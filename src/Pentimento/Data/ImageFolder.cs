using System.Globalization;

namespace Pentimento.Data;

/// <summary>
/// Pictures in a folder: either <c>metadata.csv</c> with columns file, label, split and any attributes (the names of WILDS and Waterbirds are
/// understood), or one folder a class, at the top or within <c>train</c> and <c>test</c>.
/// </summary>
internal static class ImageFolder
{
    /// <summary>Whether a folder looks like one of pictures.</summary>
    public static bool Is(string folder) => Enum.GetValues<Split>().Any(split => Has(folder, split));

    /// <summary>Whether a folder holds pictures of a split; one that knows no splits holds them as its test split.</summary>
    public static bool Has(string folder, Split split)
    {
        if (File.Exists(MetadataOf(folder)))
            return ImageTable.Read(MetadataOf(folder), split) is { Files.Count: > 0 } table && (table.HasSplits || split == Split.Test);
        return Entries(folder, split).Count > 0 && (split == Split.Test || Directory.Exists(HalfOf(folder, split)));
    }

    /// <summary>Reads a split, or everything where the folder knows no splits.</summary>
    /// <param name="folder">Where the pictures are.</param>
    /// <param name="name">How results refer to the set.</param>
    /// <param name="split">Which half.</param>
    /// <param name="limit">How many pictures, 0 for all.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <param name="size">What each picture is scaled to, without regard to its proportions; null where all are of one size.</param>
    /// <exception cref="BadInputException">A picture or the table is damaged, or sizes differ and none was given.</exception>
    public static ImageSet Read(string folder, string name, Split split, int limit, RunContext run, PictureSize? size = null)
    {
        var table = File.Exists(MetadataOf(folder))
            ? ImageTable.Read(MetadataOf(folder), split) : ImageTable.Of(Entries(folder, split), Classes(folder));
        Require.That(table.Files.Count > 0, $"{folder} holds no {split.ToString().ToLowerInvariant()} pictures.");
        var count = limit > 0 ? Math.Min(limit, table.Files.Count) : table.Files.Count;
        var chosen = StratifiedDraw.Of(table.Labels, count, ImageSet.LimitSeed);
        var files = chosen.Select(place => Inside(folder, table.Files[place])).ToList();
        var shape = CommonShape(files, size);
        var pixels = new PictureFiles(files, shape, crop: false, run.MemoryBudget / 2, run.Threads);
        long[] Chosen(long[] values) => values.Length == 0 ? [] : Array.ConvertAll(chosen, place => values[place]);
        return new(name, pixels, Chosen(table.Labels), Chosen(table.Colors), shape)
        {
            Attributes = table.Attributes.ToDictionary(pair => pair.Key, pair => Chosen(pair.Value)),
            ClassNames = table.ClassNames,
            ValueNames = table.ValueNames,
            Files = [.. chosen.Select(place => table.Files[place])],
        };
    }

    /// <summary>Writes sets as pictures with one <c>metadata.csv</c>; the folder must be new or empty, and appears whole.</summary>
    /// <exception cref="BadInputException">The folder holds something already.</exception>
    public static void Write(string folder, IReadOnlyList<(Split Split, ImageSet Set)> sets, RunContext run)
    {
        Require.That(!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any(), $"{folder} is not empty.");
        var attributes = sets[0].Set.Attributes.Keys.ToList();
        var odd = attributes.Find(name => name != Csv.Cell(name));
        Require.That(odd is null, $"'{odd}' cannot be a column of {MetadataOf(folder)}.");
        var withColors = sets.All(part => part.Set.Colors.Length > 0);
        SafeFolder.Replace(folder, beside =>
        {
            var rows = new List<IEnumerable<string>> { (string[])["file", "label", "split", .. withColors
                ? ["color"] : (string[])[], .. attributes] };
            foreach (var (split, set) in sets)
            {
                var half = split.ToString().ToLowerInvariant();
                Directory.CreateDirectory(Path.Combine(beside, half));
                for (var at = 0; at < set.Count; at++)
                {
                    var file = string.Create(CultureInfo.InvariantCulture, $"{half}/{at:000000}.png");
                    File.WriteAllBytes(Path.Combine(beside, file), ImageFile.Png(set.PixelsOf(at), set.Shape));
                    long[] colors = withColors ? [set.Colors[at]] : [];
                    rows.Add([
                        file,
                        Named(set.Labels[at], set.ClassNames),
                        half,
                        .. colors.Select(color => Named(color, [])),
                        .. attributes.Select(name => Named(set.Attributes[name][at], set.ValueNames.GetValueOrDefault(name, []))),
                    ]);
                    run.Report(new($"write {half} pictures", at + 1, set.Count));
                }
            }

            File.WriteAllText(MetadataOf(beside), Csv.Text(rows, "\n"));
        });
    }

    private static string Named(long number, IReadOnlyList<string> names) =>
        number < names.Count ? names[(int)number] : number.ToString(CultureInfo.InvariantCulture);

    private static string MetadataOf(string folder) => Path.Combine(folder, "metadata.csv");

    private static string HalfOf(string folder, Split split) => Path.Combine(folder, split.ToString().ToLowerInvariant());

    /// <summary>Files with the names of their classes, where classes are folders.</summary>
    private static List<(string File, string Class)> Entries(string folder, Split split)
    {
        var root = Enum.GetValues<Split>().Any(half => Directory.Exists(HalfOf(folder, half))) ? HalfOf(folder, split) : folder;
        if (!Directory.Exists(root)) return [];
        return
        [
            .. Directory.GetDirectories(root).Where(IsSomebodys).Order(StringComparer.Ordinal).SelectMany(place => Directory.GetFiles(place)
                .Where(file => IsSomebodys(file) && PictureDecoder.Endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal)
                .Select(file => (Path.GetRelativePath(folder, file), Path.GetFileName(place)))),
        ];
    }

    /// <summary>The classes of all splits: one without test pictures is a class all the same.</summary>
    private static List<string> Classes(string folder) =>
        [.. Enum.GetValues<Split>().SelectMany(split => Entries(folder, split)).Select(entry => entry.Class).Distinct()];

    // What programs leave behind, by the names that they agree on: .ipynb_checkpoints, ._photo.png, __MACOSX.
    private static bool IsSomebodys(string place) => Path.GetFileName(place) is var name && name[0] != '.' && name != "__MACOSX";

    private static string Inside(string folder, string file)
    {
        Require.That(!file.Contains('\0'), $"{MetadataOf(folder)} names a file with a zero byte: {file}.");
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        var full = Path.GetFullPath(Path.Combine(root, file));
        Require.That(full.StartsWith(root, StringComparison.Ordinal), $"{MetadataOf(folder)} points outside its folder: {file}.");
        return full;
    }

    /// <summary>The size asked for, else that of the first picture; grey only if all are.</summary>
    private static ImageShape CommonShape(List<string> files, PictureSize? size)
    {
        var shapes = new ImageShape[files.Count];
        ParallelLoop.For(files.Count, 0, at => shapes[at] = ImageFile.ShapeOf(files[at]), CancellationToken.None);
        var channels = shapes.Max(shape => shape.Channels);
        if (size is { } wanted) return new(wanted.Height, wanted.Width, channels);
        var other = Array.FindIndex(shapes, shape => (shape.Height, shape.Width) != (shapes[0].Height, shapes[0].Width));
        Require.That(
            other < 0,
            $"{files[Math.Max(0, other)]} is {shapes[Math.Max(0, other)].Height}x{shapes[Math.Max(0, other)].Width}, others are "
                + $"{shapes[0].Height}x{shapes[0].Width}; --size {shapes[0].Height}x{shapes[0].Width} scales them all."
        );
        return shapes[0] with { Channels = channels };
    }
}
