using System.IO.Compression;
using Pentimento.Data;

namespace Pentimento.Operations;

/// <summary>Image sets from one format to another: IDX, npz, and folders of pictures.</summary>
internal static class Conversion
{
    /// <summary>
    /// Converts. From: a file of IDX images whose labels lie beside it, an npz, or a folder of pictures or of a built dataset. To: an
    /// <c>.npz</c>; a file whose name holds <c>-images-</c> and <c>idx3</c> (labels are written beside it); or a new folder of pictures.
    /// </summary>
    /// <exception cref="BadInputException">Either is not understood, or coloured images would have to become IDX.</exception>
    /// <param name="from">What is read.</param>
    /// <param name="to">What is written.</param>
    /// <param name="library">Reads folders.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public static void Convert(string from, string to, DataLibrary library, RunContext run)
    {
        Require.That(Path.Exists(from) || Path.Exists(DataLibrary.PlaceOf(from)), $"There is no file or folder {from}.");
        if (to.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            Npz.Write(to, ImageSetFile.ArraysWithNames(One(from, library, run)), CompressionLevel.Optimal);
        else if (IsIdx(to))
            WriteIdx(to, One(from, library, run));
        else
            ImageFolderWriter.Write(to, Sets(from, library, run), run);
    }

    private static ImageSet One(string from, DataLibrary library, RunContext run)
    {
        var sets = Sets(from, library, run);
        var names = string.Join(", ", sets.Select(set => $"{from}:{SplitNames.Of(set.Split)}"));
        Require.That(sets.Count == 1, $"{from} holds {sets.Count} splits, one file holds one; name one of them: {names}.");
        return sets[0].Set;
    }

    private static List<(Split Split, ImageSet Set)> Sets(string from, DataLibrary library, RunContext run)
    {
        if (!Path.Exists(from))
        {
            var half = DataLibrary.SplitOf(from) ?? Split.Test;
            return [(half, library.Find(from, half, 0, run))];
        }

        if (Directory.Exists(from) || TableRows.Knows(from))
        {
            var halves = Enum.GetValues<Split>().Where(split => library.Has(from, split)).ToList();
            Require.That(halves.Count > 0, $"{from} holds neither a dataset nor pictures.");
            return [.. halves.Select(split => (split, library.Find(from, split, 0, run)))];
        }

        var part = Path.GetFileName(from).Contains("train", StringComparison.OrdinalIgnoreCase) ? Split.Train : Split.Test;
        if (IsIdx(from)) return [(part, FromIdx(from))];
        var known = Enum.GetValues<Split>().Where(split => NpzImages.Splits(from).Contains(split)).ToList();
        return known.Count == 0 ? [(part, ImageSetFile.Read(from, from))] : [.. known.Select(split => (split, ImageSetFile.Read(from, from, split)))];
    }

    /// <summary>Reads a file of IDX images whose labels lie beside it.</summary>
    internal static ImageSet FromIdx(string images) => FromDigits(images, DigitSource.ReadIdx(images, LabelsBeside(images, File.Exists)));

    /// <summary>Grey images as a set.</summary>
    internal static ImageSet FromDigits(string name, Digits digits) =>
        new(name, digits.Pixels.ToArray(), digits.Labels, [], new(digits.Height, digits.Width, 1));

    private static void WriteIdx(string images, ImageSet set)
    {
        Require.That(set.Shape.Channels == 1, $"IDX holds grey images; {set.Name} has {set.Shape.Channels} channels.");
        Require.That(set.Labels.All(label => label <= byte.MaxValue), $"IDX holds labels up to 255; {set.Name} has {set.Labels.Max()}.");
        DigitSource.WriteIdx(
            images, LabelsBeside(images, _ => true), new(images, set.PixelArray, set.Labels, set.Shape.Height, set.Shape.Width));
    }

    /// <summary>The file with the labels of IDX images; null where the file holds no such images, or its labels are missing.</summary>
    internal static string? LabelsOf(string file) => IsIdx(file) ? LabelFiles(file).FirstOrDefault(File.Exists) : null;

    internal static bool IsIdx(string file) =>
        Path.GetFileName(file).Contains("images", StringComparison.Ordinal) && file.Contains("idx3", StringComparison.Ordinal);

    private static string LabelsBeside(string images, Func<string, bool> exists)
    {
        var candidates = LabelFiles(images);
        return candidates.FirstOrDefault(exists) ?? throw new BadInputException($"The labels {candidates[0]} are missing.");
    }

    private static string[] LabelFiles(string images)
    {
        var labels = Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(images))!,
            Path.GetFileName(images).Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal));
        return [labels, labels.EndsWith(".gz", StringComparison.Ordinal) ? labels[..^3] : labels + ".gz"];
    }
}
