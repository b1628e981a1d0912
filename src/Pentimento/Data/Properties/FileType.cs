namespace Pentimento.Data.Properties;

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
