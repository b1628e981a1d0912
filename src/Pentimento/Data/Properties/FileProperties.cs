namespace Pentimento.Data.Properties;

/// <summary>The height of the picture over its width, before it was scaled.</summary>
/// <remarks>Upright, as Exif's orientation says.</remarks>
internal sealed record Aspect : PropertyAttribute
{
    /// <inheritdoc/>
    internal override bool NeedsFile => true;

    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) =>
        PictureDecoder.ShapeOf(image.File!) is var shape ? (double)shape.Height / shape.Width : double.NaN;
}

/// <summary>The number of pixels of the picture, in thousands, before it was scaled.</summary>
/// <remarks>Pictures of one source are often of one size.</remarks>
internal sealed record PixelCount : PropertyAttribute
{
    /// <inheritdoc/>
    internal override bool NeedsFile => true;

    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) =>
        PictureDecoder.ShapeOf(image.File!) is var shape ? shape.Height * (long)shape.Width / 1000.0 : double.NaN;
}

/// <summary>The size of the file in kilobytes.</summary>
/// <remarks>It depends on content, size and compression together.</remarks>
internal sealed record FileSize : PropertyAttribute
{
    /// <inheritdoc/>
    internal override bool NeedsFile => true;

    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) => new FileInfo(image.File!).Length / 1000.0;
}

/// <summary>The type of the file by its ending: jpg, png, gif.</summary>
/// <remarks>Two sources often differ in it.</remarks>
internal sealed record FileType : PropertyAttribute
{
    /// <inheritdoc/>
    internal override bool NeedsFile => true;

    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) =>
        Path.GetExtension(image.File!).TrimStart('.').ToLowerInvariant() is var ending && ending == "jpeg" ? "jpg" : ending;
}

/// <summary>The camera that Exif names, maker and model; unknown where it names none.</summary>
/// <remarks>CIPA DC-008, 2012: the tags Make and Model.</remarks>
internal sealed record Camera : PropertyAttribute
{
    /// <inheritdoc/>
    internal override bool NeedsFile => true;

    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) =>
        Exif.Of(image.File!) is { } exif ? $"{exif.Text(TiffTag.Make)} {exif.Text(TiffTag.Model)}".Trim() : "";
}

/// <summary>The quality of a JPEG, 1 to 100, as its quantisation table tells it.</summary>
/// <remarks>
/// Independent JPEG Group's scaling of the standard's luminance table (ITU-T T.81, annex K): quality below 50 is 5000 over the table's scale in
/// percent, else 100 less half of it. Files that are no JPEG have none.
/// </remarks>
internal sealed record JpegQuality : PropertyAttribute
{
    /// <inheritdoc/>
    internal override bool NeedsFile => true;

    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) => JpegTables.QualityOf(image.File!) ?? double.NaN;
}
