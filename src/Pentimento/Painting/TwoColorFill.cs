namespace Pentimento.Painting;

/// <summary>What an image is painted with where its ground is not black.</summary>
/// <param name="Digit">The digit's colour.</param>
/// <param name="Ground">The background's.</param>
internal readonly record struct TwoColorFill(Rgb Digit, Rgb Ground)
{
    /// <summary>Lays light/255 of the digit's colour over the rest of the ground's.</summary>
    /// <param name="image">uint8 (H, W, 3), written whole.</param>
    /// <param name="grey">uint8 (H, W).</param>
    public void Lay(Span<byte> image, ReadOnlySpan<byte> grey)
    {
        for (var pixel = 0; pixel < grey.Length; pixel++)
        {
            int light = grey[pixel];
            image[3 * pixel] = Mix(light, Digit.Red, Ground.Red);
            image[(3 * pixel) + 1] = Mix(light, Digit.Green, Ground.Green);
            image[(3 * pixel) + 2] = Mix(light, Digit.Blue, Ground.Blue);
        }
    }

    /// <summary>Rounded to the nearest: a tie cannot happen, 255 being odd.</summary>
    private static byte Mix(int light, int digit, int ground) => (byte)(((light * digit) + ((255 - light) * ground) + 127) / 255);
}
