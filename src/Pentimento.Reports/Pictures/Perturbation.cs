namespace Pentimento.Reports.Pictures;

/// <summary>Pictures of adversarial perturbations: the image after, the signed and the absolute change.</summary>
internal static class Perturbation
{
    private const int NoChange = 128;
    private const int Reach = 127;
    private const double Brightest = 255;

    /// <summary>The attacked image.</summary>
    /// <param name="before">The image before, for its size.</param>
    /// <param name="perturbed">float32 (C, H, W) in [0, 1].</param>
    public static Picture After(Picture before, float[] perturbed) => before.With(at => (byte)Math.Round(255 * ValueAt(before, perturbed, at)));

    /// <summary>The largest change of any value, in pixels of [0, 1].</summary>
    /// <param name="before">The image before.</param>
    /// <param name="perturbed">float32 (C, H, W) in [0, 1].</param>
    public static double Largest(Picture before, float[] perturbed) =>
        Enumerable.Range(0, before.Pixels.Length).Max(at => Math.Abs(Difference(before, perturbed, at))) / Brightest;

    /// <summary>The change with its sign: grey where there is none, brighter where light was added, darker where it was taken.</summary>
    /// <param name="before">The image before.</param>
    /// <param name="perturbed">float32 (C, H, W) in [0, 1].</param>
    /// <param name="full">The change that is drawn white, or black, in pixels of [0, 1].</param>
    public static Picture Signed(Picture before, float[] perturbed, double full) => before.With(at =>
        (byte)Math.Clamp(NoChange + Math.Round(Reach * Part(before, perturbed, at, full)), 0, Brightest));

    /// <summary>The size of the change without its sign: black where there is none, a colour where its channels changed.</summary>
    /// <param name="before">The image before.</param>
    /// <param name="perturbed">float32 (C, H, W) in [0, 1].</param>
    /// <param name="full">The change that is drawn brightest, in pixels of [0, 1].</param>
    public static Picture Absolute(Picture before, float[] perturbed, double full) => before.With(at =>
        (byte)Math.Min(Brightest, Math.Round(Brightest * Math.Abs(Part(before, perturbed, at, full)))));

    private static double Part(Picture before, float[] perturbed, int at, double full) =>
        full > 0 ? Difference(before, perturbed, at) / Brightest / full : 0;

    private static double Difference(Picture before, float[] perturbed, int at) => (255 * ValueAt(before, perturbed, at)) - before.Pixels[at];

    private static float ValueAt(Picture picture, float[] perturbed, int at)
    {
        var size = picture.Width * picture.Height;
        var channels = perturbed.Length / size;
        return perturbed[(Math.Min(at % 3, channels - 1) * size) + (at / 3)];
    }
}
