namespace Pentimento.Data;

/// <summary>What part of each pixel the object of an image covers, where the pictures say so themselves.</summary>
/// <remarks>By a column <c>mask</c> that names a grey picture for each image, bright where the object is; else by the pictures' own alpha.</remarks>
internal sealed class ImageCovers
{
    /// <summary>The column that names masks.</summary>
    public const string Column = "mask";

    private const int Tried = 20;
    private readonly ImageSet set;
    private readonly bool byColumn;

    private ImageCovers(ImageSet set, bool byColumn) => (this.set, this.byColumn) = (set, byColumn);

    /// <summary>Where they come from, in words.</summary>
    public string Source => byColumn ? $"the column {Column}" : "the pictures' alpha";

    /// <summary>The covers of a set; null where its pictures say nothing of their objects.</summary>
    /// <exception cref="BadInputException">A picture is damaged.</exception>
    public static ImageCovers? Of(ImageSet set)
    {
        if (set.Count == 0 || set.Source.FileOf(0) is null) return null;
        if (set.Attributes.ContainsKey(Column) && set.ValueNames.ContainsKey(Column) && set.Files.Count > 0) return new(set, true);
        var found = Enumerable.Range(0, Math.Min(Tried, set.Count)).All(at => PictureDecoder.AlphaOf(set.Source.FileOf(at)!) is { } alpha
            && alpha.Pixels.AsSpan().ContainsAnyExcept((byte)255));
        return found ? new(set, false) : null;
    }

    /// <summary>The cover of an image at its size, uint8 (H, W), 255 where all of a pixel is the object's.</summary>
    /// <exception cref="BadInputException">A mask is missing or damaged.</exception>
    public byte[] Of(int place)
    {
        var shape = set.Shape with { Channels = 1 };
        var file = set.Source.FileOf(place)!;
        if (byColumn) return ImageFile.Read(MaskOf(place, file), shape, set.Source.IsCropped);
        var scale = new PictureScale(new(shape.Height, shape.Width), set.Source.IsCropped);
        // A picture without transparency is all object.
        return PictureDecoder.AlphaOf(file) is { } alpha ? scale.Of(alpha).Pixels : [.. Enumerable.Repeat((byte)255, shape.Size)];
    }

    /// <summary>Masks lie where the table says, from the folder from which it says where images lie.</summary>
    private string MaskOf(int place, string file)
    {
        var folder = file.EndsWith(set.Files[place], StringComparison.Ordinal) ? file[..^set.Files[place].Length] : Path.GetDirectoryName(file)!;
        var name = set.ValueName(Column, set.Attributes[Column][place]);
        var mask = Path.GetFullPath(Path.Combine(folder, name));
        Require.That(
            mask.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal),
            $"{set.Name}: the mask '{Printable.Short(name)}' lies outside its folder.");
        return mask;
    }
}
