namespace Pentimento.Painting;

/// <summary>The colors of digit and background.</summary>
/// <param name="Digit">The color of the digit.</param>
/// <param name="Background">The color of the background.</param>
internal readonly record struct TwoColorFill(Rgb Digit, Rgb Background)
{
    /// <summary>Colors a gray image: gray / 255 times the digit's color plus the rest of the background's.</summary>
    /// <param name="image">uint8 (H, W, 3), written whole.</param>
    /// <param name="grey">uint8 (H, W).</param>
    public void Paint(Span<byte> image, ReadOnlySpan<byte> grey)
    {
        for (var pixel = 0; pixel < grey.Length; pixel++)
        {
            int light = grey[pixel];
            image[3 * pixel] = Mix(light, Digit.Red, Background.Red);
            image[(3 * pixel) + 1] = Mix(light, Digit.Green, Background.Green);
            image[(3 * pixel) + 2] = Mix(light, Digit.Blue, Background.Blue);
        }
    }

    /// <summary>The mixture, rounded to the nearest: a tie cannot happen, 255 being odd.</summary>
    private static byte Mix(int light, int digit, int background) => (byte)(((light * digit) + ((255 - light) * background) + 127) / 255);
}
