using Pentimento.Data.Painting;

namespace Pentimento.Data;

/// <summary>Finds the images that a DATA argument means.</summary>
/// <param name="Cache">The folder where named datasets are kept, painted on first use.</param>
/// <param name="Threads">How many cores may paint.</param>
public sealed record DataLibrary(string Cache, int Threads)
{
    /// <summary>Reads a dataset name, a built folder, an npz or a folder of pictures, with an optional <c>:train</c> or <c>:test</c>.</summary>
    /// <param name="argument">What the user wrote.</param>
    /// <param name="split">The half to take if the argument names none.</param>
    /// <param name="limit">How many images to take, 0 for all.</param>
    /// <param name="run">Hears about progress.</param>
    /// <exception cref="BadInputException">There is no such thing, or it is malformed.</exception>
    public ImageSet Find(string argument, Split split, int limit, RunContext run)
    {
        var (place, half) = SplitOf(argument, split);
        if (Directory.Exists(place))
        {
            if (File.Exists(DatasetFolder.FileOf(place, half))) return ImageSetFile.Read(DatasetFolder.FileOf(place, half), argument).Take(limit);
            Require.That(ImageFolder.Is(place), $"{place} holds neither {Path.GetFileName(DatasetFolder.FileOf(place, half))} (as 'pentimento build' writes it) nor metadata.csv nor folders of pictures.");
            return ImageFolder.Read(place, argument, half, limit, run);
        }

        if (File.Exists(place)) return ImageSetFile.Read(place, argument).Take(limit);
        var looksLikeFile = place.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) || place.Contains(Path.DirectorySeparatorChar);
        Require.That(!looksLikeFile || Canvas.LooksLike(place), $"There is no file or folder {place}.");
        return ImageSetFile.Read(DatasetFolder.FileOf(Painted(Canvas.Parse(place), run), half), argument).Take(limit);
    }

    /// <summary>Whether a folder holds images of a split.</summary>
    public static bool Has(string folder, Split split) => File.Exists(DatasetFolder.FileOf(folder, split)) || ImageFolder.Has(folder, split);

    /// <summary>The cached folder of a canvas painted on the embedded digits with seed 0, painted now if it is not there.</summary>
    public string Painted(Canvas canvas, RunContext run)
    {
        var folder = Path.Combine(Cache, $"mnist-{Painter.Version}", canvas.ToString());
        if (!DatasetFolder.IsWhole(folder)) DatasetFolder.Build(folder, new(canvas, Palette.Seed, new(0)), Digits.Mnist, 0, Threads, run);
        return folder;
    }

    private static (string Place, Split Split) SplitOf(string argument, Split split) => argument switch
    {
        _ when argument.EndsWith(":train", StringComparison.OrdinalIgnoreCase) => (argument[..^6], Split.Train),
        _ when argument.EndsWith(":test", StringComparison.OrdinalIgnoreCase) => (argument[..^5], Split.Test),
        _ => (argument, split),
    };
}
