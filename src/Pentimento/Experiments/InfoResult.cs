using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Painting;

namespace Pentimento.Experiments;

/// <summary>What a dataset, a model or a run holds; keys that do not apply to its kind are absent.</summary>
/// <param name="Kind">What it is.</param>
public sealed record InfoResult(InfoKind Kind)
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

    /// <summary>Of a dataset: its test images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SplitInfo? Test { get; init; }
}

/// <summary>What can be described.</summary>
public enum InfoKind
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
public sealed record SplitInfo(
    int Count,
    string Shape,
    IReadOnlyDictionary<string, int> PerClass,
    IReadOnlyDictionary<string, int> PerColor,
    IReadOnlyDictionary<string, DependenceInfo> Dependence,
    string Sha256)
{
    /// <summary>Describes images.</summary>
    internal static SplitInfo Of(ImageSet set) => new(
        set.Count,
        set.Shape.ToString(),
        Counts(set.Labels, label => $"{label}"),
        Counts(set.Colors, NameOf),
        set.Attributes.Keys.Prepend("colors").Where(name => name != "colors" || set.Colors.Length > 0)
            .ToDictionary(name => name, name => DependenceInfo.Of(new(set.Labels, set.AttributeOf(name)))),
        Convert.ToHexStringLower(SHA256.HashData(set.Pixels)));

    private static Dictionary<string, int> Counts(long[] values, Func<long, string> name) =>
        values.GroupBy(value => value).OrderBy(group => group.Key).ToDictionary(group => name(group.Key), group => group.Count());

    private static string NameOf(long color) => color switch
    {
        >= 0 and < 10 => $"{color} {Palette.Seed[color].Name}",
        ImageSet.White => "white",
        _ => $"{color}",
    };
}

/// <summary>The statistical dependence of the label on an attribute.</summary>
/// <param name="MutualInformation">Their mutual information, in nats.</param>
/// <param name="ShareOfLabelEntropy">The mutual information as a share of the label's entropy.</param>
/// <param name="CramersV">Cramér's V: 0 where they are independent, 1 where one decides the other.</param>
/// <param name="Rows">The contingency table, a row a label: value:count.</param>
public sealed record DependenceInfo(double MutualInformation, double ShareOfLabelEntropy, double CramersV, IReadOnlyDictionary<string, string> Rows)
{
    // Sums over classes differ in their last bits between machines.
    private const int Digits = 6;

    /// <summary>Describes a contingency table.</summary>
    internal static DependenceInfo Of(ContingencyTable table) => new(
        Math.Round(table.MutualInformation, Digits),
        table.RowEntropy > 0 ? Math.Round(table.MutualInformation / table.RowEntropy, Digits) : 0,
        Math.Round(table.CramersV, Digits),
        table.Rows.Select((label, row) => (label, row)).ToDictionary(
            pair => $"label {pair.label}",
            pair => string.Join(' ', table.Counts[pair.row].Select((count, column) => $"{table.Columns[column]}:{count}"))));
}
