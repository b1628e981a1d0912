namespace Pentimento.Data.Properties;

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
