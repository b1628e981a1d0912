using System.Globalization;
using System.Text.Json;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Networks;

/// <summary>Networks on disk: ONNX, safetensors whose header says what they are, or bare weights with PyTorch's names.</summary>
internal static class ModelFile
{
    private const long LargestImage = 1024 * 1024;
    private const int MostClasses = 65536;
    private const string ShapeKey = "image-shape";
    private const string OldShapeKey = "shape";
    private const string ClassNamesKey = "class-names";

    /// <summary>The endings of files that networks are written to.</summary>
    public static IReadOnlyList<string> Endings { get; } =
        [.. ModelFormat.All.Select(format => format.Ending), ".safetensors", ".pth", ".pt", ".npz"];

    /// <summary>Refuses the name of a network's file that has no such ending, before there is a network to lose.</summary>
    /// <exception cref="BadInputException">It has none.</exception>
    public static void CheckName(string? file, string option) => Require.That(
        file is null || Endings.Contains(Path.GetExtension(file).ToLowerInvariant()),
        $"{option} {file}: expected the file of a network, which ends in {string.Join(", ", Endings)}.");

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
        var read = ModelFormat.Of(file)?.Read(file, network) ?? network?.Open(file) ?? ReadWeights(file, network);
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

    /// <summary>Whether a file says by itself which network it holds.</summary>
    public static bool SaysItsNetwork(string file) => ModelFormat.Of(file) is not null
        || (Path.GetExtension(file).Equals(".safetensors", StringComparison.OrdinalIgnoreCase)
            && WeightFile.Read(file).Metadata.ContainsKey("network"));

    private static Dictionary<string, string> Header(Classifier network, string recipe)
    {
        var header = new Dictionary<string, string>
        {
            ["format"] = "pentimento",
            ["network"] = Catalog.Write(network.Architecture),
            ["classes"] = network.Classes.ToString(CultureInfo.InvariantCulture),
            // Readers that take every entry for a tensor stumble over one called shape.
            [ShapeKey] = network.Shape.ToString(),
            [ClassNamesKey] = JsonSerializer.Serialize(network.ClassNames),
            ["recipe"] = recipe,
        };
        foreach (var (key, value) in ModelFormat.All.SelectMany(format => format.Header(network.Architecture))) header[key] = value;
        return header;
    }

    private static Classifier ReadWeights(string file, Architecture? network)
    {
        var (weights, metadata) = WeightFile.Read(file);
        var known = metadata.GetValueOrDefault("network") is { } spec ? Catalog.Read<Architecture>(spec) : null;
        var architecture = network
            ?? known
            ?? throw new BadInputException($"{file} does not say which network its weights belong to; say --network cnn3.");
        if (known != architecture) architecture = architecture.FittedTo(Shapes(weights));
        var (shape, classes) = known == architecture ? Said(metadata, file) : Inferred(architecture, weights, file);
        architecture = ModelFormat.All.Aggregate(architecture, (record, format) => format.Completed(record, metadata, weights, file));

        // Sizes that a file claims are not believed before memory is taken for them.
        Require.That(
            shape.Channels is 1 or 3 && (long)shape.Height * shape.Width <= LargestImage && classes is > 0 and <= MostClasses,
            $"{file}: its shape or classes cannot be: {classes} classes of {shape} images.");
        CheckSize(architecture, shape, classes, weights, file);
        var built = architecture.Build(shape, classes, new(0));
        try
        {
            Weights.Put(built, weights, file);
            built.ClassNames = ClassNames(metadata, classes, file);
            return built;
        }
        catch (BadInputException)
        {
            built.Dispose();
            throw;
        }
    }

    /// <summary>What a safetensors file says of itself.</summary>
    public static IReadOnlyDictionary<string, string> Describe(string file) => SafeTensors.Metadata(file);

    /// <summary>Compares how many numbers a network has with those in the file, before memory is taken for it.</summary>
    private static void CheckSize(
        Architecture architecture, ImageShape shape, int classes, IReadOnlyDictionary<string, NpyArray> weights, string file)
    {
        var (needed, there) = (architecture.LeastWeights(shape, classes), weights.Values.Sum(array => array.Data.LongLength));
        Require.That(
            needed <= there,
            $"{file} does not fit the network {Printable.Short(Catalog.Write(architecture))}, which needs at least {needed:N0} numbers; it holds "
                + $"{there:N0}.");
    }

    private static string[] ClassNames(IReadOnlyDictionary<string, string> metadata, int classes, string file)
    {
        try
        {
            var names = JsonSerializer.Deserialize<string[]>(metadata.GetValueOrDefault(ClassNamesKey, "[]")) ?? [];
            Require.That(
                names.Length == 0 || (names.Length == classes && !names.Contains(null)), $"{file} names {names.Length} classes, its network has "
                    + $"{classes}.");
            return names;
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{file}: the header's {ClassNamesKey} are no list of names.", failure);
        }
    }

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
        var sizes = metadata.GetValueOrDefault(ShapeKey, metadata.GetValueOrDefault(OldShapeKey, "")).Split('x');
        var numbers = sizes.Append(metadata.GetValueOrDefault("classes", ""))
            .Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        Require.That(numbers.Length == 4 && numbers.All(number => number > 0), $"{file}: the header's shape or classes are malformed.");
        return (new(numbers[0], numbers[1], numbers[2]), numbers[3]);
    }
}
