namespace Pentimento.Data.Properties;

/// <summary>The mean luminance, 0 (black) to 1 (white).</summary>
/// <remarks>Luminance by ITU-R BT.601.</remarks>
internal sealed record Brightness : PropertyAttribute
{
    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image) => Enumerable.Range(0, image.Count).Average(image.Luminance);
}

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

/// <summary>The mean hue in degrees, 0 (red) to 360: the direction of the mean colour on the wheel, every pixel counting by its chroma.</summary>
/// <remarks>Smith, 1978, "Color gamut transform pairs": HSV; the mean is circular. A grey image has none and counts as 0.</remarks>
internal sealed record Hue : PropertyAttribute
{
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

/// <summary>The variance of the Laplacian of the luminance: low where an image is blurred.</summary>
/// <remarks>Pech-Pacheco et al., 2000, "Diatom autofocusing in brightfield microscopy: a comparative study".</remarks>
internal sealed record Sharpness : PropertyAttribute
{
    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image)
    {
        var (height, width) = (image.Shape.Height, image.Shape.Width);
        var (sum, squares, count) = (0.0, 0.0, 0);
        for (var row = 1; row < height - 1; row++)
        {
            for (var column = 1; column < width - 1; column++)
            {
                var place = (row * width) + column;
                var laplacian = image.Luminance(place - 1) + image.Luminance(place + 1) + image.Luminance(place - width) + image.Luminance(place + width)
                    - (4 * image.Luminance(place));
                (sum, squares, count) = (sum + laplacian, squares + (laplacian * laplacian), count + 1);
            }
        }

        return count == 0 ? 0 : (squares / count) - Math.Pow(sum / count, 2);
    }
}

/// <summary>The mean colour of the outermost pixels, by name: black, grey, white, or one of six hues.</summary>
/// <remarks>The border is where scanners, viewers and stock photographs leave their marks.</remarks>
internal sealed record BorderColor : PropertyAttribute
{
    private const int Grey = 24;
    private static readonly string[] Hues = ["red", "yellow", "green", "cyan", "blue", "magenta"];

    /// <inheritdoc/>
    internal override PropertyValue Of(MeasuredImage image)
    {
        var (height, width) = (image.Shape.Height, image.Shape.Width);
        var border = Enumerable.Range(0, image.Count).Where(place => place / width is var row && place % width is var column
            && (row == 0 || row == height - 1 || column == 0 || column == width - 1)).Select(image.At).ToList();
        var (red, green, blue) = (border.Average(pixel => pixel.Red), border.Average(pixel => pixel.Green), border.Average(pixel => pixel.Blue));
        var (low, high) = (Math.Min(red, Math.Min(green, blue)), Math.Max(red, Math.Max(green, blue)));
        if (high - low < Grey) return high < 64 ? "black" : low > 192 ? "white" : "grey";
        var hue = Math.Atan2(Math.Sqrt(3) / 2 * (green - blue), red - (0.5 * (green + blue))) * 180 / Math.PI;
        return Hues[(int)Math.Round((hue + 360) / 60) % 6];
    }
}
