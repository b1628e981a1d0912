namespace Pentimento.Data.Properties;

/// <summary>The standard deviation of the luminance, 0 to 0.5.</summary>
/// <remarks>Peli, 1990, "Contrast in complex images": root mean square contrast.</remarks>
internal sealed record Contrast : PropertyAttribute
{
    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image)
    {
        var mean = Enumerable.Range(0, image.Count).Average(image.Luminance);
        return Math.Sqrt(Enumerable.Range(0, image.Count).Average(place => Math.Pow(image.Luminance(place) - mean, 2)));
    }
}
