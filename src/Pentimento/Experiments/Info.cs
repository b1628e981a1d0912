using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Data.Properties;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;

namespace Pentimento.Experiments;

/// <summary>Describes a dataset, a model or a run.</summary>
/// <remarks>
/// Of a dataset: its images by class and colour, and the statistical dependence of label and attributes. Of a model: its tensors and what its file
/// says of them, the cuts of the network with shapes and roles. Of a run: its stages and where its page lies.
/// </remarks>
/// <example>
/// pentimento info rg_95z
/// pentimento info lazy.safetensors
/// pentimento info bird.onnx
/// pentimento info runs/first --json
/// </example>
internal sealed record Info : Operation<InfoResult>
{
    /// <summary>A dataset (name, folder or npz), a model, or a run's folder.</summary>
    [Argument]
    public required DataRef File { get; init; }

    /// <summary>Scale the pictures of folders to HEIGHTxWIDTH, or to a square; by default they must be of one size.</summary>
    [Form("HxW")]
    public PictureSize? Size { get; init; }

    /// <summary>The columns of a table of pictures that say file, class and split, where they have other names than usual.</summary>
    [Form("file=NAME,label=NAME,split=NAME")]
    public TableColumns? Columns { get; init; }

    /// <summary>Measure properties of the images and their files (brightness, contrast, size, camera), in quarters, as attributes like any
    /// other.</summary>
    public bool Properties { get; init; }

    /// <summary>Leave damaged pictures out and count them; by default the first stops the reading.</summary>
    public bool SkipDamaged { get; init; }

    internal override bool NeedsTorch => Path.GetExtension(File.Text).ToLowerInvariant() is ".onnx" or ".safetensors";

    /// <inheritdoc/>
    internal override InfoResult Run(RunContext run)
    {
        var place = File.Text;
        if (RunFolder.Holds(place)) return OfRun(new(place));
        if (Path.GetExtension(place).Equals(".onnx", StringComparison.OrdinalIgnoreCase)) return OfNetwork(new(InfoKind.Model), place);
        if (Path.GetExtension(place).ToLowerInvariant() is ".safetensors" or ".pth" or ".pt") return OfModel(place);
        var isArchive = System.IO.File.Exists(place) && !TableRows.Knows(place) && !Conversion.IsIdx(place);
        if (isArchive && !NpzImages.Has(place)) return new(InfoKind.Arrays) { Arrays = Shapes(Npz.Read(place)) };
        return OfData(Properties, place, new(run.Cache, run.Threads, Size) { Columns = Columns ?? default, SkipDamaged = SkipDamaged }, run);
    }

    private static InfoResult OfRun(RunFolder folder) => new(InfoKind.Run)
    {
        Folder = folder.Folder,
        Recipe = NameOf(folder.At("recipe.yaml")),
        SecondsOfFinishedStages = folder.Seconds.ToDictionary(stage => stage.Key, stage => Math.Round(stage.Value, 1)),
        Report = System.IO.File.Exists(folder.At("report.html")) ? folder.At("report.html") : null,
    };

    /// <summary>What a recipe is called, of whatever kind it is.</summary>
    private static string? NameOf(string recipe) =>
        System.IO.File.Exists(recipe) && Yaml.Read(RecipeFile.Text(recipe), recipe) is JsonObject root ? root["name"]?.ToString() : null;

    private static InfoResult OfModel(string file)
    {
        var (tensors, metadata) = WeightFile.Read(file);
        var described = new InfoResult(InfoKind.Model)
        {
            Metadata = metadata,
            Parameters = tensors.Values.Sum(tensor => tensor.Data.LongLength),
            Tensors = Shapes(tensors),
        };
        return metadata.ContainsKey("network") ? OfNetwork(described, file) : described;
    }

    /// <summary>Adds what only the network itself tells: its cuts with shapes and roles.</summary>
    private static InfoResult OfNetwork(InfoResult described, string file)
    {
        using var network = ModelFile.Read(file);
        return described with
        {
            Parameters = described.Parameters ?? network.parameters().Sum(tensor => tensor.numel()),
            Network = Catalog.Write(network.Architecture),
            Shape = network.Shape.ToString(),
            Classes = network.Classes,
            ClassNames = network.ClassNames.Count > 0 ? network.ClassNames : null,
            Preprocess = network.Preprocessing,
            Operators = ModelFormat.OperatorsOf(network),
            Cuts = network.Describe(),
        };
    }

    private static InfoResult OfData(bool properties, string place, DataLibrary library, RunContext run)
    {
        SplitInfo? Of(Split split, string? name = null) => SplitInfo.Of(Measured(library.Find(name ?? place, split, 0, run)));
        ImageSet Measured(ImageSet set) => properties ? MeasuredProperties.With(set, MeasuredProperties.Available(set), run) : set;
        SplitInfo? Where(Split split) => library.Has(place, split) ? Of(split) : null;
        if (DataLibrary.SplitOf(place) is { } named) return new(InfoKind.Dataset) { Images = Of(named) };
        if (System.IO.File.Exists(place) && !TableRows.Knows(place) && NpzImages.Splits(place) is { Count: > 0 } splits)
        {
            SplitInfo? In(Split split) => splits.Contains(split) ? Of(split) : null;
            return new(InfoKind.Dataset) { Train = In(Split.Train), Val = In(Split.Val), Test = In(Split.Test) };
        }

        if (System.IO.File.Exists(place) && !TableRows.Knows(place)) return new(InfoKind.Dataset) { Images = Of(Split.Test) };
        var known = Enum.GetValues<Split>().Where(split => library.Has(place, split)).ToList();
        // Names of painted sets, presets and folders of IDX have no folder that could be asked.
        return known.Count == 0
            ? new(InfoKind.Dataset) { Train = Of(Split.Train), Test = Of(Split.Test) }
            : known is [Split.Test] && !library.HasSplits(place)
                ? new(InfoKind.Dataset) { Test = Of(Split.Test) }
                : new(InfoKind.Dataset) { Train = Where(Split.Train), Val = Where(Split.Val), Test = Where(Split.Test) };
    }

    private static Dictionary<string, string> Shapes(IReadOnlyDictionary<string, NpyArray> arrays) =>
        arrays.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
}
