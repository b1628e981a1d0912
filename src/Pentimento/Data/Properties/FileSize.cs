namespace Pentimento.Data.Properties;

/// <summary>The size of the file in kilobytes.</summary>
/// <remarks>It depends on content, size and compression together.</remarks>
internal sealed record FileSize : PropertyAttribute
{
    /// <inheritdoc/>
    internal override bool NeedsFile => true;

    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) => new FileInfo(image.File!).Length / 1000.0;
}
