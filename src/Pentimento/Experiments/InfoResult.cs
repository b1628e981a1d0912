using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Painting;

namespace Pentimento.Experiments;

/// <summary>What a dataset, a model or a run holds; keys that do not apply to its kind are absent.</summary>
/// <param name="Kind">What it is.</param>
internal sealed record InfoResult(InfoKind Kind)
{
    /// <summary>Of a run: its folder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Folder { get; init; }

    /// <summary>Of a run: its recipe's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Recipe { get; init; }

    /// <summary>Of a run: how long each finished stage took.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? SecondsOfFinishedStages { get; init; }

    /// <summary>Of a run: its page, where it has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Report { get; init; }

    /// <summary>Of a model: what its file says of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Of a model: the number of its parameters, buffers included.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Parameters { get; init; }

    /// <summary>Of a model: the type and shape of each tensor, by name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Tensors { get; init; }

    /// <summary>Of a network: its architecture as a SPEC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Network { get; init; }

    /// <summary>Of a network: the images it reads, height x width x channels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Shape { get; init; }

    /// <summary>Of a network: the number of its classes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Classes { get; init; }

    /// <summary>Of a network: the names of its classes, where its file has them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Of a network: what is done to images in [0, 1] before it, as --preprocess says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Preprocess { get; init; }

    /// <summary>Of a network: how many nodes of each ONNX operator it has; empty where it has no ONNX form.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, int>? Operators { get; init; }

    /// <summary>Of a network: every value at which it can be cut.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CutDescription>? Cuts { get; init; }

    /// <summary>Of an npz without images: the type and shape of each array, by name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Arrays { get; init; }

    /// <summary>Of a dataset in one file: its images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SplitInfo? Images { get; init; }

    /// <summary>Of a dataset: its training images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SplitInfo? Train { get; init; }

    /// <summary>Of a dataset: its validation images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SplitInfo? Val { get; init; }

    /// <summary>Of a dataset: its test images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SplitInfo? Test { get; init; }
}

/// <summary>What can be described.</summary>
internal enum InfoKind
{
    /// <summary>Images.</summary>
    Dataset,

    /// <summary>Weights of a network.</summary>
    Model,

    /// <summary>The folder of a run.</summary>
    Run,

    /// <summary>Arrays that are no images.</summary>
    Arrays,
}

/// <summary>The images of one split.</summary>
/// <param name="Count">The number of images.</param>
/// <param name="Shape">Height, width and channels.</param>
/// <param name="PerClass">The number of images of each class.</param>
/// <param name="PerColor">The number of images of each colour; empty where colours are unknown.</param>
/// <param name="Dependence">The statistical dependence of the label on each attribute, colour first.</param>
/// <param name="Sha256">The SHA-256 of the pixels.</param>
internal sealed record SplitInfo(
    int Count,
    string Shape,
    IReadOnlyDictionary<string, int> PerClass,
    IReadOnlyDictionary<string, int> PerColor,
    IReadOnlyDictionary<string, DependenceInfo> Dependence,
    string Sha256)
{
    /// <summary>The number of images with each value, by attribute.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> PerAttribute { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, int>>();

    /// <summary>The number of damaged pictures that were left out.</summary>
    public int Skipped { get; init; }

    /// <summary>Describes images.</summary>
    internal static SplitInfo Of(ImageSet set) => new(
        set.Count,
        set.Shape.ToString(),
        Counts(set.Labels, label => set.ValueName("label", label)),
        Counts(set.Colors, color => NameOf(set, color)),
        set.AttributeNames.ToDictionary(name => KeyOf(set, name), name => DependenceInfo.Of(set, name)),
        Sha256Of(set))
    {
        Skipped = set.Skipped,
        PerAttribute = set.AttributeNames.ToDictionary(
            name => name,
            IReadOnlyDictionary<string, int> (name) => Counts(set.AttributeOf(name), value => set.ValueName(name, value))),
    };

    private static string Sha256Of(ImageSet set)
    {
        if (set.Source.InMemory) return Convert.ToHexStringLower(SHA256.HashData(set.Pixels));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        const int Batch = 64;
        for (var start = 0; start < set.Count; start += Batch)
        {
            int[] places = [.. Enumerable.Range(start, Math.Min(Batch, set.Count - start))];
            var pixels = new byte[places.Length * set.Shape.Size];
            set.Source.Read(places, pixels);
            hash.AppendData(pixels);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Dictionary<string, int> Counts(long[] values, Func<long, string> name) =>
        values.GroupBy(value => value).OrderBy(group => group.Key).ToDictionary(group => name(group.Key), group => group.Count());

    // Palette colours have stood under this key since before they were an attribute like any other.
    private static string KeyOf(ImageSet set, string name) => name == ImageSet.Color && set.Colors.Length > 0 ? "colors" : name;

    private static string NameOf(ImageSet set, long color) => (color, set.ValueName(ImageSet.Color, color)) switch
    {
        (ImageSet.White, _) => Rgb.White.Name,
        ( >= 0 and < ImageSet.White, var name) when name == $"{color}" => $"{color} {Palette.Seed[color].Name}",
        ( >= 0 and < ImageSet.White, var name) => $"{color} {name}",
        _ => $"{color}",
    };
}

/// <summary>The statistical dependence of the label on an attribute.</summary>
/// <param name="MutualInformation">Their mutual information, in nats.</param>
/// <param name="ShareOfLabelEntropy">The mutual information as a share of the label's entropy.</param>
/// <param name="CramersV">Cramér's V: 0 where they are independent, 1 where one decides the other.</param>
/// <param name="Rows">The contingency table, a row a label: value:count.</param>
internal sealed record DependenceInfo(double MutualInformation, double ShareOfLabelEntropy, double CramersV, IReadOnlyDictionary<string, string> Rows)
{
    // Sums over classes differ in their last bits between machines.
    private const int Digits = 6;

    /// <summary>How many permutations of the attribute stand behind the p-value.</summary>
    public int Permutations { get; init; } = 199;

    /// <summary>The share of permutations of the attribute that are at least as dependent on the label, the observed order counted in: the p-value
    /// of independence.</summary>
    public double PValue { get; init; }

    /// <summary>Describes how the label depends on an attribute.</summary>
    internal static DependenceInfo Of(ImageSet set, string attribute)
    {
        var values = set.AttributeOf(attribute);
        var table = new ContingencyTable(set.Labels, values);
        var described = new DependenceInfo(
            Math.Round(table.MutualInformation, Digits),
            table.RowEntropy > 0 ? Math.Round(table.MutualInformation / table.RowEntropy, Digits) : 0,
            Math.Round(table.CramersV, Digits),
            table.Rows.Select((label, row) => (label, row)).ToDictionary(
                pair => $"label {set.ValueName("label", pair.label)}",
                pair => string.Join(' ', table.Counts[pair.row].Select((count, column) => $"{NameOf(table.Columns[column])}:{count}"))));
        return described with
        {
            PValue = PermutationTest.OfMutualInformation(set.Labels, values, described.Permutations, new Seed(0).For("dependence").For(attribute)),
        };

        // The rows of painted sets have always had the palette's numbers.
        string NameOf(long value) => attribute == ImageSet.Color && set.Colors.Length > 0 ? $"{value}" : set.ValueName(attribute, value);
    }
}
