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
