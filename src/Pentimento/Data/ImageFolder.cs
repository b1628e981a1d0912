namespace Pentimento.Data;

/// <summary>Pictures in a folder, in any layout that <see cref="FolderLayout"/> knows, as a set that decodes them as they are asked for.</summary>
internal static class ImageFolder
{
    /// <summary>Whether a folder looks like one of pictures.</summary>
    public static bool Is(string folder, TableColumns columns = default) => Enum.GetValues<Split>().Any(split => Has(folder, split, columns));

    /// <summary>Whether a folder holds pictures of a split; one that knows no splits holds them as its test split.</summary>
    public static bool Has(string folder, Split split, TableColumns columns = default) =>
        FolderLayout.Read(folder, split, columns) is { Files.Count: > 0 } table && (table.HasSplits || split == Split.Test);

    /// <summary>Reads a split, or everything where the folder knows no splits; pictures are decoded when they are asked for.</summary>
    /// <param name="folder">Where the pictures are, or the file of a table of them.</param>
    /// <param name="name">How results refer to the set.</param>
    /// <param name="split">Which part.</param>
    /// <param name="limit">How many pictures, 0 for all.</param>
    /// <param name="run">Reports progress, can be cancelled, and says how much memory decoded pictures may take.</param>
    /// <param name="options">How pictures are scaled, and what a table's columns are called.</param>
    /// <exception cref="BadInputException">A picture or the table is damaged, or sizes differ and none was given.</exception>
    public static ImageSet Read(string folder, string name, Split split, int limit, RunContext run, PictureOptions? options = null)
    {
        options ??= new();
        var table = Table(folder, split, options);
        var count = limit > 0 ? Math.Min(limit, table.Files.Count) : table.Files.Count;
        var chosen = StratifiedDraw.Of(table.Labels, count, ImageSet.LimitSeed);
        var files = Array.ConvertAll(chosen, place => Inside(folder, table.Files[place]));
        var damaged = options.SkipDamaged ? Damaged(files, name, run) : [];
        if (damaged.Count > 0)
        {
            chosen = [.. chosen.Where((_, at) => !damaged.Contains(at))];
            files = [.. files.Where((_, at) => !damaged.Contains(at))];
            Require.That(files.Length > 0, $"{folder}: every picture is damaged.");
        }

        var shape = CommonShape(files, options, name, run);
        var pixels = new PictureFiles(files, shape, options.Crop, run.MemoryBudget / 2, run.Threads);
        return Set(name, table, chosen, pixels, shape, damaged.Count);
    }

    /// <summary>Reads what is known of a split's pictures, but no pixels.</summary>
    /// <exception cref="BadInputException">There are none, or a table is malformed.</exception>
    public static ImageSet Describe(string folder, string name, Split split, TableColumns columns)
    {
        var table = Table(folder, split, new() { Columns = columns });
        return Set(name, table, [.. Enumerable.Range(0, table.Files.Count)], new PixelArray([], 0), default);
    }

    private static ImageSet Set(string name, ImageTable table, int[] chosen, PixelSource pixels, ImageShape shape, int skipped = 0)
    {
        long[] Chosen(long[] values) => values.Length == 0 ? [] : Array.ConvertAll(chosen, place => values[place]);
        return new(name, pixels, Chosen(table.Labels), Chosen(table.Colors), shape)
        {
            Attributes = table.Attributes.ToDictionary(pair => pair.Key, pair => Chosen(pair.Value)),
            ClassNames = table.ClassNames,
            ValueNames = table.ValueNames,
            Files = [.. chosen.Select(place => table.Files[place])],
            Skipped = skipped,
        };
    }

    private static ImageTable Table(string folder, Split split, PictureOptions options)
    {
        var table = FolderLayout.Read(folder, split, options.Columns);
        Require.That(table is { Files.Count: > 0 }, $"{folder} holds no {SplitNames.Of(split)} pictures.{Others(folder, split, options.Columns)}");
        return table;
    }

    private static string Others(string folder, Split split, TableColumns columns)
    {
        var others = Enum.GetValues<Split>().Where(other => other != split && Has(folder, other, columns)).Select(SplitNames.Of).ToList();
        return others.Count == 0 ? "" : $" It holds {string.Join(" and ", others.Select(other => $"{folder}:{other}"))}.";
    }

    private static string Inside(string folder, string file)
    {
        Require.That(!file.Contains('\0'), $"The table of {folder} names a file with a zero byte: {file}.");
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(FolderLayout.Root(folder))) + Path.DirectorySeparatorChar;
        var full = Path.GetFullPath(Path.Combine(root, file));
        Require.That(full.StartsWith(root, StringComparison.Ordinal), $"The table of {folder} points outside its folder: {file}.");
        return full;
    }

    /// <summary>The places of pictures that cannot be decoded.</summary>
    private static HashSet<int> Damaged(string[] files, string name, RunContext run)
    {
        var (damaged, done) = (new HashSet<int>(), 0);
        ParallelLoop.For(
            files.Length, run.Threads,
            at =>
            {
                if (!Decodes(files[at]))
                    lock (damaged) damaged.Add(at);
                run.Report(new($"check {name}", Interlocked.Increment(ref done), files.Length));
            },
            run.Cancel);
        return damaged;
    }

    private static bool Decodes(string file)
    {
        try
        {
            PictureDecoder.Decode(file);
            return true;
        }
        catch (BadInputException)
        {
            return false;
        }
    }

    /// <summary>The size asked for, else that of the first picture; grey only if all are.</summary>
    private static ImageShape CommonShape(string[] files, PictureOptions options, string name, RunContext run)
    {
        if (options is { Size: { } known, Channels: > 0 }) return new(known.Height, known.Width, options.Channels);
        var (shapes, done) = (new ImageShape[files.Length], 0);
        ParallelLoop.For(
            files.Length, run.Threads,
            at =>
            {
                shapes[at] = PictureDecoder.ShapeOf(files[at]);
                run.Report(new($"measure {name}", Interlocked.Increment(ref done), files.Length));
            },
            run.Cancel);
        var channels = options.Channels > 0 ? options.Channels : shapes.Max(shape => shape.Channels);
        if (options.Size is { } wanted) return new(wanted.Height, wanted.Width, channels);
        var other = Array.FindIndex(shapes, shape => (shape.Height, shape.Width) != (shapes[0].Height, shapes[0].Width));
        Require.That(
            other < 0,
            $"{files[Math.Max(0, other)]} is {shapes[Math.Max(0, other)].Height}x{shapes[Math.Max(0, other)].Width}, others are "
                + $"{shapes[0].Height}x{shapes[0].Width}; --size {shapes[0].Height}x{shapes[0].Width} scales them all."
        );
        return shapes[0] with { Channels = channels };
    }
}
