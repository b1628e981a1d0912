namespace Pentimento.Data.Properties;

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
