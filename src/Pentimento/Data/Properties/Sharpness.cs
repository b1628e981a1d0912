namespace Pentimento.Data.Properties;

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
                var around = image.Luminance(place - 1) + image.Luminance(place + 1)
                    + image.Luminance(place - width) + image.Luminance(place + width);
                var laplacian = around - (4 * image.Luminance(place));
                (sum, squares, count) = (sum + laplacian, squares + (laplacian * laplacian), count + 1);
            }
        }

        return count == 0 ? 0 : (squares / count) - Math.Pow(sum / count, 2);
    }
}
