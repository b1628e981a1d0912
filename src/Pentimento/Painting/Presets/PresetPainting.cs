using Pentimento.Data;
namespace Pentimento.Painting.Presets;

/// <summary>Shared by the presets: sets painted image by image, and random orders.</summary>
internal static class PresetPainting
{
    private const int ReportEvery = 5000;

    /// <summary>Paints image number <paramref name="at"/> onto black, uint8 (H, W, 3).</summary>
    public delegate void PaintImage(int at, Span<byte> image);

    /// <summary>Paints as many images as there are labels.</summary>
    public static ImageSet Paint(string name, long[] labels, long[] colors, ImageShape shape, RunContext run, PaintImage brush)
    {
        var pixels = new byte[labels.Length * (long)shape.Size];
        for (var at = 0; at < labels.Length; at++)
        {
            brush(at, pixels.AsSpan((int)(at * (long)shape.Size), shape.Size));
            if ((at + 1) % ReportEvery == 0 || at + 1 == labels.Length) run.Report(new($"paint {name}", at + 1, labels.Length));
        }

        return new(name, pixels, labels, colors, shape);
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order.</summary>
    public static int[] Order(int count, Seed seed) => Shuffled(Enumerable.Range(0, count), seed);

    /// <summary>The same values in random order.</summary>
    public static T[] Shuffled<T>(IEnumerable<T> values, Seed seed) => new SplitMix64(seed).Shuffled(values);

    /// <summary>The indices of the images of one label, in order.</summary>
    public static IEnumerable<int> PlacesOf(long label, long[] labels) => Enumerable.Range(0, labels.Length).Where(place => labels[place] == label);

    /// <summary>Sets one pixel of an RGB image.</summary>
    public static void Set(Span<byte> image, int pixel, Rgb color) =>
        (image[3 * pixel], image[(3 * pixel) + 1], image[(3 * pixel) + 2]) = (color.Red, color.Green, color.Blue);
}
