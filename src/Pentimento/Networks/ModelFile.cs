using System.Globalization;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Networks;

/// <summary>Networks on disk: ONNX, safetensors whose header says what they are, or bare weights with PyTorch's names.</summary>
public static class ModelFile
{
    private const long LargestImage = 1024 * 1024;
    private const int MostClasses = 65536;
    private const string ClassNamesKey = "class-names";

    // Names do not depend on the size of images, so any that fits will do to compare them.
    private static readonly ImageShape AnySize = new(32, 32, 3);

    /// <summary>Writes a network with the recipe that trained it: as ONNX, as PyTorch's or NumPy's bare weights, or as safetensors, by the
    /// file's ending.</summary>
    /// <exception cref="BadInputException">Something in it has no ONNX form.</exception>
    public static void Write(string file, Classifier network, string recipe)
    {
        if (ModelFormat.Of(file) is { } format)
        {
            format.Write(file, network, recipe);
            return;
        }

        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".pth" or ".pt" or ".npz":
                WeightFile.Write(file, Weights.Of(network), new Dictionary<string, string>());
                break;
            default:
                SafeTensors.Write(file, Weights.Of(network), Header(network, recipe));
                break;
        }
    }

    /// <summary>Reads a network, in evaluation mode; the caller disposes it.</summary>
    /// <param name="file">An onnx, safetensors, npz or pth file.</param>
    /// <param name="network">The architecture, needed only where the file does not say.</param>
    /// <param name="preprocess">What is done to images before the network; null for what the file says.</param>
    /// <exception cref="BadInputException">The file is malformed, or its weights do not fit the architecture.</exception>
    public static Classifier Read(string file, Architecture? network = null, Preprocess? preprocess = null)
    {
        var read = ModelFormat.Of(file)?.Read(file, network) ?? ReadWeights(file, network);
        if (preprocess is null) return read;
        try
        {
            return Preprocessed.Of(read, preprocess);
        }
        catch (BadInputException)
        {
            read.Dispose();
            throw;
        }
    }

    private static Dictionary<string, string> Header(Classifier network, string recipe)
    {
        var header = new Dictionary<string, string>
        {
            ["format"] = "pentimento",
            ["network"] = Catalog.Write(network.Architecture),
            ["classes"] = network.Classes.ToString(CultureInfo.InvariantCulture),
            ["shape"] = network.Shape.ToString(),
            ["recipe"] = recipe,
        };
        foreach (var (key, value) in ModelFormat.All.SelectMany(format => format.Header(network.Architecture))) header[key] = value;
        if (network.ClassNames.Count > 0) header[ClassNamesKey] = ClassNames.Write(network.ClassNames);
        return header;
    }

    private static Classifier ReadWeights(string file, Architecture? network)
    {
        var (weights, metadata) = WeightFile.Read(file);
        var known = metadata.GetValueOrDefault("network") is { } spec ? Catalog.Read<Architecture>(spec) : null;
        var architecture = network
            ?? known
            ?? throw new BadInputException($"{file} does not say which network its weights belong to; say --network cnn3.");
        var (shape, classes) = known == architecture ? Said(metadata, file) : Inferred(architecture, weights, file);
        architecture = ModelFormat.All.Aggregate(architecture, (record, format) => format.Completed(record, metadata, weights, file));

        // Sizes that a file claims are not believed before memory is taken for them.
        Require.That(
            shape.Channels is 1 or 3 && (long)shape.Height * shape.Width <= LargestImage && classes is > 0 and <= MostClasses,
            $"{file}: its shape or classes cannot be: {classes} classes of {shape} images.");
        var built = architecture.Build(shape, classes, new(0));
        try
        {
            Weights.Put(built, weights, file);
            var names = metadata.GetValueOrDefault(ClassNamesKey) is { } text ? ClassNames.Parse(text) : [];
            return names.Count == classes ? built.Named(names) : built;
        }
        catch (BadInputException)
        {
            built.Dispose();
            throw;
        }
    }

    /// <summary>What a safetensors file says of itself.</summary>
    public static IReadOnlyDictionary<string, string> Describe(string file) => SafeTensors.Read(file).Metadata;

    private static (ImageShape Shape, int Classes) Inferred(Architecture architecture, IReadOnlyDictionary<string, NpyArray> weights, string file)
    {
        if (ModelFormat.All.Any(format => format.Knows(architecture))) return architecture.Infer(Shapes(weights));
        using var sketch = architecture.Build(AnySize, 2, new(0));
        Weights.CheckNames(sketch, weights, file);
        return architecture.Infer(Shapes(weights));
    }

    private static Dictionary<string, long[]> Shapes(IReadOnlyDictionary<string, NpyArray> weights) =>
        weights.ToDictionary(pair => pair.Key, pair => pair.Value.Shape);

    private static (ImageShape Shape, int Classes) Said(IReadOnlyDictionary<string, string> metadata, string file)
    {
        var sizes = metadata.GetValueOrDefault("shape", "").Split('x');
        var numbers = sizes.Append(metadata.GetValueOrDefault("classes", ""))
            .Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        Require.That(numbers.Length == 4 && numbers.All(number => number > 0), $"{file}: the header's shape or classes are malformed.");
        return (new(numbers[0], numbers[1], numbers[2]), numbers[3]);
    }
}
