using System.Text.Json;
using Pentimento.Data;
using Pentimento.Painting;
using Pentimento.Painting.Objects;
using Pentimento.Painting.Presets;

namespace Pentimento.Operations;

/// <summary>Finds the images that a DATA argument means.</summary>
/// <param name="Cache">The folder where named datasets are kept, painted on first use.</param>
/// <param name="Threads">How many cores may paint.</param>
/// <param name="Size">What pictures in folders are scaled to; null where they must be of one size already.</param>
internal sealed record DataLibrary(string Cache, int Threads, PictureSize? Size = null)
{
    /// <summary>What pictures in folders are scaled to where nobody said a size: that of the network that reads them.</summary>
    public PictureSize? NetworkSize { get; init; }

    /// <summary>The channels that a network reads; 0 where none does.</summary>
    public int NetworkChannels { get; init; }

    /// <summary>What the columns of a table of pictures are called.</summary>
    public TableColumns Columns { get; init; }

    /// <summary>Whether damaged pictures are left out and counted.</summary>
    public bool SkipDamaged { get; init; }

    /// <summary>The same, for a network that reads images of this shape.</summary>
    public DataLibrary For(ImageShape shape) => this with { NetworkSize = new(shape.Height, shape.Width), NetworkChannels = shape.Channels };

    /// <summary>How pictures are read: stretched to the size asked for, or cut to the network's own as torchvision does it.</summary>
    private PictureOptions Pictures => new(Size ?? NetworkSize)
    {
        Crop = Size is null,
        Columns = Columns,
        SkipDamaged = SkipDamaged,
        // Grey pictures are shown to a network of colours in grey; coloured ones to a network of grey are refused later.
        Channels = NetworkChannels == 3 ? 3 : 0,
    };

    /// <summary>Reads all sets that an argument means: those of a preset's split, one for everything else.</summary>
    /// <inheritdoc cref="Find"/>
    public IReadOnlyList<ImageSet> FindAll(string argument, Split split, int limit, RunContext run)
    {
        var (reference, filter) = AttributeFilter.Split(argument);
        // What is left out is left out before the limit is drawn.
        var most = filter.Conditions.Count == 0 ? limit : 0;
        var (place, half) = SplitOf(reference, split);
        Require.That(place.Length > 0, $"DATA is empty: expected a dataset's name, a folder or an npz.");
        // Where nobody said a split and no picture is for testing, those for choosing stand in, and are called so.
        if (SplitOf(argument) is null && half == Split.Test && Directory.Exists(place) && !Has(place, half) && Has(place, Split.Val))
            (half, argument) = (Split.Val, $"{place}:{SplitNames.Of(Split.Val)}{filter}");
        var entries = PresetFolder.Entries(place).Where(entry => entry.Split == half).ToList();
        IEnumerable<ImageSet> sets = entries.Count == 0
            ? [One(argument, place, half, most, run)]
            : entries.Select(entry => ImageSetFile.Read(Path.Combine(place, entry.File), $"{place}/{entry.Name}{filter}").Named(place).Take(most));
        return [.. sets.Select(filter.Of).Select(set => set.Take(limit))];
    }

    /// <summary>
    /// Reads a dataset name, a built folder, an npz or a folder of pictures, with an optional <c>:train</c> or <c>:test</c> and the values of
    /// attributes that are wanted, as in <c>photos:test[place=water]</c>.
    /// </summary>
    /// <param name="argument">What the user wrote.</param>
    /// <param name="split">The half to take if the argument names none.</param>
    /// <param name="limit">How many images to take, drawn so that every class keeps its share; 0 for all.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <exception cref="BadInputException">There is no such thing, or it is malformed.</exception>
    public ImageSet Find(string argument, Split split, int limit, RunContext run)
    {
        var (place, half) = SplitOf(AttributeFilter.Split(argument).Reference, split);
        var entries = PresetFolder.Entries(place).Where(entry => entry.Split == half).ToList();
        Require.That(
            entries.Count < 2,
            $"{argument} holds {entries.Count} sets to {(half == Split.Train ? "learn from" : "judge on")}; name one of them: "
                + $"{string.Join(", ", entries.Select(entry => $"{place}/{entry.Name}"))}."
        );
        return FindAll(argument, split, limit, run)[0];
    }

    /// <summary>
    /// What is known of the images of a split, without their pixels; null where the argument has no such split, or is that split's own name or a
    /// preset's.
    /// </summary>
    /// <param name="argument">What the user wrote; the split that it names is left aside unless it is <paramref name="meant"/>.</param>
    /// <param name="split">Which half.</param>
    /// <param name="meant">Whether the user asked for just these images.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public ImageSet? Described(string argument, Split split, bool meant, RunContext run)
    {
        var (reference, filter) = AttributeFilter.Split(argument);
        var (place, named) = NamedSplit(reference);
        if (!meant && (named == split || filter.Conditions.Count > 0)) return null;
        var half = meant ? named ?? split : split;
        var name = meant ? argument : $"{place}:{Names.Kebab(half.ToString())}";
        if (Directory.Exists(place) && !File.Exists(DatasetFolder.FileOf(place, half)))
            return OfPictures();
        if (IsTable(place)) return OfPictures();
        if (!meant && (File.Exists(place) || File.Exists($"{place}.npz"))) return null;
        return filter.Of(
            Objects(place)?.PaintDrawn(half, 0, Threads, run)
                ?? Stored(name, FileOf(place, half, run), (file, known) => ImageSetFile.ReadLabels(file, known, half)));

        ImageSet? OfPictures() =>
            meant || ImageFolder.Has(place, half, Columns) ? filter.Of(ImageFolder.Describe(place, name, half, Columns)) : null;
    }

    private ImageSet One(string argument, string place, Split half, int limit, RunContext run)
    {
        if (IsTable(place)) return ImageFolder.Read(place, argument, half, limit, run, Pictures);
        if (Directory.Exists(place) && !File.Exists(DatasetFolder.FileOf(place, half)))
        {
            if (DigitSource.HoldsIdx(place)) return Conversion.FromDigits(argument, DigitSource.Open(place)(half)).Take(limit);
            Require.That(
                ImageFolder.Is(place, Columns),
                $"{place} holds neither {Path.GetFileName(DatasetFolder.FileOf(place, half))} (as 'pentimento build' writes it) nor metadata.csv "
                    + $"nor folders of pictures.{(PaintedName.Matches(place) ? $" The painted set of this name is {place}:seed=0." : "")}"
            );
            return ImageFolder.Read(place, argument, half, limit, run, Pictures);
        }

        if (File.Exists(place) && Conversion.IsIdx(place)) return Conversion.FromIdx(place).Take(limit);
        var set = Objects(place)?.PaintDrawn(half, limit, Threads, run)
            ?? Stored(argument, FileOf(place, half, run), (file, name) => ImageSetFile.Read(file, name, half)).Take(limit);
        Require.That(
            Size is null || Size == new PictureSize(set.Shape.Height, set.Shape.Width),
            $"--size scales pictures in a folder; {argument} holds images of {set.Shape}.");
        return set;
    }

    private static bool IsTable(string place) => File.Exists(place) && TableRows.Knows(place);

    /// <summary>A stored set with the names that its folder has for classes, values and colours.</summary>
    private static ImageSet Stored(string name, string file, Func<string, string, ImageSet> read)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var set = read(file, name).Named(folder);
        var names = Metadata.ColorNames(folder);
        return names.Count == 0 || set.Colors.Length == 0
            ? set : set.Named(new Dictionary<string, IReadOnlyList<string>> { [ImageSet.Color] = names });
    }

    /// <summary>What paints the set of objects of this name; null where it is no such name, or a file or folder has it.</summary>
    internal static ObjectPainter? Objects(string place) =>
        ObjectCanvas.MatchesGrammar(place) && !Directory.Exists(place) && !File.Exists(place) && !File.Exists($"{place}.npz")
            ? new(ObjectAtlas.Read(), ObjectCanvas.Parse(place), new(0))
            : null;

    private string FileOf(string place, Split half, RunContext run)
    {
        if (Directory.Exists(place)) return DatasetFolder.FileOf(place, half);
        Require.That(
            half != Split.Val || Path.Exists(place) || File.Exists($"{place}.npz"), $"{place} has no val split; painted sets have train and test.");
        if (File.Exists(place)) return place;
        if (File.Exists($"{place}.npz")) return $"{place}.npz";
        var looksLikeFile = place.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) || place.Contains(Path.DirectorySeparatorChar);
        Require.That(!looksLikeFile || PaintedName.Matches(place), $"There is no file or folder {place}.");
        return DatasetFolder.FileOf(Painted(PaintedName.Parse(place), run), half);
    }

    /// <summary>
    /// A SHA-256 of the images that an argument means: of a painted set what decides its bytes (name, palette, seed, version of the
    /// painter), of files
    /// and folders their bytes. A split counts where the argument names it.
    /// </summary>
    /// <exception cref="BadInputException">There is no such thing.</exception>
    internal static string Hash(string argument, RunContext run)
    {
        var (reference, filter) = AttributeFilter.Split(argument);
        var (place, named) = NamedSplit(reference);
        using var hash = new ContentHash();
        hash.Add((named is { } split ? Names.Kebab(split.ToString()) : "") + filter);
        var files = FilesOf(place, named);
        if (Objects(place) is { } painter)
        {
            hash.Add(JsonSerializer.Serialize(new { ObjectPainter.Version, Name = painter.Canvas.ToString(), painter.Source, Seed = 0 }));
        }
        else if (files.Count == 0)
        {
            Require.That(PaintedName.Matches(place), $"There is no file or folder {place}, and it is no painted set's name.");
            var painted = PaintedName.Parse(place);
            hash.Add($"{painted.Canvas}");
            hash.Add(painted.Settings.Hash(run.Cancel));
        }

        foreach (var file in files)
        {
            // Within a folder a file's name may say what its images are.
            if (Directory.Exists(place)) hash.AddNamed(place, file, run.Cancel);
            else
            {
                hash.Add("");
                hash.AddFile(file, run.Cancel);
            }
        }

        return hash.Value();
    }

    private static IReadOnlyList<string> FilesOf(string place, Split? split)
    {
        // What a table says of pictures is no more than half of what they are.
        if (IsTable(place)) place = FolderLayout.Root(place);
        if (File.Exists(place)) return Conversion.LabelsOf(place) is { } labels ? [place, labels] : [place];
        if (!Directory.Exists(place)) return File.Exists($"{place}.npz") ? [$"{place}.npz"] : [];
        if (split is { } one && File.Exists(DatasetFolder.FileOf(place, one))) return [DatasetFolder.FileOf(place, one)];
        return [.. Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a folder, or a table, holds images of a split.</summary>
    public bool Has(string folder, Split split) => File.Exists(DatasetFolder.FileOf(folder, split)) || ImageFolder.Has(folder, split, Columns);

    /// <summary>Whether a folder, or a table, tells splits apart.</summary>
    internal bool HasSplits(string folder) =>
        File.Exists(DatasetFolder.FileOf(folder, Split.Test)) || FolderLayout.Read(folder, Split.Test, Columns) is { HasSplits: true };

    /// <summary>The place of an argument without the split and the values that it names.</summary>
    internal static string PlaceOf(string argument) => NamedSplit(AttributeFilter.Split(argument).Reference).Place;

    /// <summary>The split that an argument names; null where it names none.</summary>
    internal static Split? SplitOf(string argument) => NamedSplit(AttributeFilter.Split(argument).Reference).Split;

    /// <summary>The cached folder of a painted set, painted now if it is not there.</summary>
    public string Painted(PaintedName name, RunContext run)
    {
        var (canvas, paint) = name;
        // What is painted otherwise lies apart, by all that decides its bytes.
        var kind = paint == PaintSettings.Usual ? $"mnist-{Painter.Version}" : $"painted-{paint.Hash(run.Cancel)[..24]}";
        var folder = Path.Combine(Cache, kind, canvas.ToString());
        if (DatasetFolder.IsWhole(folder)) return folder;
        // Of several processes that miss the same set one paints it, and the others wait and find it.
        using var painting = FileLock.Wait($"{folder}.lock", $"wait for {canvas}", run);
        if (!DatasetFolder.IsWhole(folder)) DatasetFolder.Build(folder, paint.Painter(canvas), paint.Digits, 0, Threads, run);
        return folder;
    }

    // Tab completion ends a folder with a separator.
    private static string Trimmed(string place) => Path.TrimEndingDirectorySeparator(place);

    private static (string Place, Split Split) SplitOf(string argument, Split split)
    {
        var (place, named) = NamedSplit(argument);
        return (place, named ?? split);
    }

    private static (string Place, Split? Split) NamedSplit(string argument)
    {
        var colon = argument.LastIndexOf(':');
        return colon > 0 && SplitNames.Named(argument[(colon + 1)..]) is { } split ? (Trimmed(argument[..colon]), split) : (Trimmed(argument), null);
    }
}
