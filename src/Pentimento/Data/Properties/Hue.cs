namespace Pentimento.Data.Properties;

/// <summary>The mean hue in degrees, 0 (red) to 360: the direction of the mean colour on the wheel, every pixel counting by its chroma.</summary>
/// <remarks>Smith, 1978, "Color gamut transform pairs": HSV; the mean is circular. A grey image has none and counts as 0.</remarks>
internal sealed record Hue : PropertyAttribute
{
    /// <inheritdoc/>
    internal override double? Period => 360;

    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image)
    {
        var (x, y) = (0.0, 0.0);
        for (var place = 0; place < image.Count; place++)
        {
            // Red, green and blue lie at 0, 120 and 240 degrees; opposite parts cancel.
            var (red, green, blue) = image.At(place);
            x += red - (0.5 * (green + blue));
            y += Math.Sqrt(3) / 2 * (green - blue);
        }

        if (Math.Sqrt((x * x) + (y * y)) < 1e-6 * image.Count) return 0;
        return ((Math.Atan2(y, x) * 180 / Math.PI) + 360) % 360;
    }
}
