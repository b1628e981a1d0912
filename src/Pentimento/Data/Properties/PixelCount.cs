namespace Pentimento.Data.Properties;

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
