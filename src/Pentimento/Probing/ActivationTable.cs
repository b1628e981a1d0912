using Pentimento.Data;

namespace Pentimento.Probing;

/// <summary>The activation of each channel for each image, one number, with labels and colors of the images. A channel may be a filter, a unit
/// or a feature of an autoencoder.</summary>
internal sealed class ActivationTable
{
    /// <summary>Takes ownership of the arrays.</summary>
    /// <param name="name">The layer, or whatever the channels belong to.</param>
    /// <param name="channels">C arrays of N activations.</param>
    /// <param name="labels">int64 (N), the digit of each image.</param>
    /// <param name="colors">int64 (N), the color of each image.</param>
    /// <exception cref="BadInputException">The arrays differ in length, or an activation is not a finite number.</exception>
    public ActivationTable(string name, IReadOnlyList<double[]> channels, long[] labels, long[] colors)
    {
        Require.That(channels.Count > 0 && labels.Length > 0, $"{name}: there is no channel or no image to probe.");
        Require.That(
            channels.All(channel => channel.Length == labels.Length),
            $"{name}: {labels.Length} labels for activations of {channels.First(channel => channel.Length != labels.Length).Length} images.");
        Require.That(
            colors.Length == labels.Length,
            $"{name}: {colors.Length} colours for {labels.Length} images; probing needs to know the colour of each.");
        Require.That(channels.All(channel => channel.All(double.IsFinite)), $"{name}: some activations are infinite or not numbers.");
        (Name, Channels, Labels, Colors) = (name, channels, labels, colors);
    }

    /// <summary>The layer, or whatever the channels belong to.</summary>
    public string Name { get; }

    /// <summary>C arrays of N activations.</summary>
    public IReadOnlyList<double[]> Channels { get; }

    /// <summary>The digit of each image.</summary>
    public long[] Labels { get; }

    /// <summary>The color of each image.</summary>
    public long[] Colors { get; }

    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>Creates a table from a matrix (N, C), row-major.</summary>
    public static ActivationTable Of<T>(string name, ReadOnlySpan<T> matrix, int channels, long[] labels, long[] colors)
        where T : struct, System.Numerics.INumber<T>
    {
        Require.That(
            channels > 0 && matrix.Length == (long)labels.Length * channels,
            $"{name}: {matrix.Length:N0} activations do not make {labels.Length} images of {channels} channels.");
        var columns = Enumerable.Range(0, channels).Select(_ => new double[labels.Length]).ToArray();
        for (var image = 0; image < labels.Length; image++)
        {
            for (var channel = 0; channel < channels; channel++) columns[channel][image] = double.CreateChecked(matrix[(image * channels) + channel]);
        }

        return new(name, columns, labels, colors);
    }

    /// <summary>Reads activations of any network from an npz with <c>activations</c> float (N, C), <c>labels</c> and <c>colors</c> (N).</summary>
    /// <exception cref="BadInputException">A key is missing, or an array is of another type or shape.</exception>
    public static ActivationTable Read(string file)
    {
        var arrays = Npz.Read(file, "activations", "labels", "colors");
        foreach (var key in new[] { "activations", "labels", "colors" })
            Require.That(arrays.ContainsKey(key), $"{file}: expected the keys activations, labels and colors; {key} is missing.");
        var (activations, name) = (arrays["activations"], Path.GetFileNameWithoutExtension(file));
        var (labels, colors) = (arrays["labels"].AsLabels($"{file}, labels"), arrays["colors"].AsLabels($"{file}, colors"));
        Require.That(
            activations.Shape.Length == 2 && activations.Shape[0] == labels.Length,
            $"{file}: expected activations (N, C) with N = {labels.Length} as the labels have, got {activations}.");
        var channels = (int)activations.Shape[1];
        return activations.Holds<double>()
            ? Of<double>(name, activations.As<double>(2, file), channels, labels, colors)
            : Of<float>(name, activations.As<float>(2, $"{file}, activations"), channels, labels, colors);
    }
}
