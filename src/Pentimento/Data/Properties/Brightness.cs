namespace Pentimento.Data.Properties;

/// <summary>The mean luminance, 0 (black) to 1 (white).</summary>
/// <remarks>Luminance by ITU-R BT.601.</remarks>
internal sealed record Brightness : PropertyAttribute
{
    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) => Enumerable.Range(0, image.Count).Average(image.Luminance);
}
