namespace Pentimento.Data.Properties;

/// <summary>The mean saturation, 0 (grey) to 1: the difference of the largest and smallest channel over the largest.</summary>
/// <remarks>Smith, 1978, "Color gamut transform pairs": HSV.</remarks>
internal sealed record Saturation : PropertyAttribute
{
    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) => Enumerable.Range(0, image.Count).Average(place =>
    {
        var (red, green, blue) = image.At(place);
        var (low, high) = (Math.Min(red, Math.Min(green, blue)), Math.Max(red, Math.Max(green, blue)));
        return high == 0 ? 0 : (high - low) / (double)high;
    });
}
