namespace Pentimento.Probing;

/// <summary>The images of a channel's strongest activations.</summary>
internal static class TopImages
{
    /// <summary>The indices of the images, the strongest first; of ties the earlier.</summary>
    /// <param name="activations">One channel's activations for N images.</param>
    /// <param name="count">Number of images; all if there are fewer.</param>
    public static int[] Of(double[] activations, int count) =>
        [.. Enumerable.Range(0, activations.Length).OrderByDescending(at => activations[at]).Take(count)];
}
