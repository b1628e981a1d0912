namespace Pentimento.Reports.Pictures;

/// <summary>What an attack did to an image.</summary>
internal static class Change
{
    /// <summary>How much stronger a change is drawn than it is.</summary>
    public const int Amplification = 10;

    /// <summary>How much stronger the size of a change is drawn than it is.</summary>
    public const int Magnification = 100;

    private const int NoChange = 128;

    /// <summary>The attacked image.</summary>
    /// <param name="before">The image before, for its size.</param>
    /// <param name="perturbed">float32 (C, H, W) in [0, 1].</param>
    public static Picture After(Picture before, float[] perturbed) => before.With(at => (byte)Math.Round(255 * ValueAt(before, perturbed, at)));

    /// <summary>The change with its sign: grey where there is none, brighter where light was added, darker where it was taken.</summary>
    /// <param name="before">The image before.</param>
    /// <param name="perturbed">float32 (C, H, W) in [0, 1].</param>
    public static Picture Amplified(Picture before, float[] perturbed) => before.With(at =>
        (byte)Math.Clamp(NoChange + (Amplification * ((255 * ValueAt(before, perturbed, at)) - before.Pixels[at])), 0, 255));

    /// <summary>The size of the change without its sign: black where there is none, a colour where its channels changed.</summary>
    /// <param name="before">The image before.</param>
    /// <param name="perturbed">float32 (C, H, W) in [0, 1].</param>
    public static Picture Absolute(Picture before, float[] perturbed) => before.With(at =>
        (byte)Math.Min(255, Magnification * Math.Abs((255 * ValueAt(before, perturbed, at)) - before.Pixels[at])));

    private static float ValueAt(Picture picture, float[] perturbed, int at)
    {
        var size = picture.Width * picture.Height;
        var channels = perturbed.Length / size;
        return perturbed[(Math.Min(at % 3, channels - 1) * size) + (at / 3)];
    }
}
