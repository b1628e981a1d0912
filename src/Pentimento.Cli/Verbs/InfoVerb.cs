using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Painting;

namespace Pentimento.Cli.Verbs;

/// <summary><c>info FILE</c>: what a dataset, model or run holds.</summary>
internal static class InfoVerb
{
    public static Verb Create(Host host)
    {
        var file = new Argument<string>("FILE") { Description = "A dataset (name, folder or npz), a model, or a run's folder." };
        var verb = new Verb("info", "Says what a dataset, a model or a run holds.",
            """
            Examples:
              pentimento info rg_95z
              pentimento info lazy.safetensors
              pentimento info runs/first --json
            """) { file };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var place = parsed.GetValue(file)!;
            return session.Answer(torch: false, run => Describe(place, session.Library, run), (described, output) => Print(described, output, ""));
        });
        return verb;
    }

    private static JsonObject Describe(string place, DataLibrary library, RunContext run)
    {
        if (RunFolder.Holds(place)) return OfRun(new(place));
        if (Path.GetExtension(place).ToLowerInvariant() is ".safetensors" or ".pth" or ".pt") return OfModel(place);
        if (File.Exists(place) && !Npz.Holds(place, "images")) return OfArrays(place);
        return OfData(place, library, run);
    }

    private static JsonObject OfRun(RunFolder folder) =>
        new()
        {
            ["kind"] = "run",
            ["folder"] = folder.Folder,
            ["recipe"] = Recipe.Read(folder.At("recipe.yaml")).Name,
            ["secondsOfFinishedStages"] = new JsonObject(
                folder.Seconds.Select(stage => KeyValuePair.Create(stage.Key, (JsonNode?)Math.Round(stage.Value, 1)))),
            ["report"] = File.Exists(folder.At("report.html")) ? folder.At("report.html") : null,
        };

    private static JsonObject OfModel(string file)
    {
        var (tensors, metadata) = WeightFile.Read(file);
        return new()
        {
            ["kind"] = "model",
            ["metadata"] = new JsonObject(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["parameters"] = tensors.Values.Sum(tensor => tensor.Data.LongLength),
            ["tensors"] = Shapes(tensors),
        };
    }

    private static JsonObject OfArrays(string file) => new() { ["kind"] = "arrays", ["arrays"] = Shapes(Npz.Read(file)) };

    private static JsonObject OfData(string place, DataLibrary library, RunContext run)
    {
        var described = new JsonObject { ["kind"] = "dataset" };
        var splits = File.Exists(place) ? [Split.Test] : Enum.GetValues<Split>();
        foreach (var split in splits)
        {
            var set = library.Find(place, split, 0, run);
            described[File.Exists(place) ? "images" : split.ToString().ToLowerInvariant()] = new JsonObject
            {
                ["count"] = set.Count,
                ["shape"] = set.Shape.ToString(),
                ["perClass"] = Counts(set.Labels),
                ["perColor"] = Counts(set.Colors, color => color is >= 0 and < 10 ? $"{color} {Palette.Seed[color].Name}"
                    : color == ImageSet.White ? "white"
                    : $"{color}"),
                ["dependence"] = Dependence(set),
                ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(set.Pixels)),
            };
        }

        return described;
    }

    /// <summary>How much each attribute of the images, colour first, tells of their labels.</summary>
    private static JsonObject Dependence(ImageSet set)
    {
        var attributes = set.Attributes.Keys.Prepend("colors").Where(name => name != "colors" || set.Colors.Length > 0);
        return new(attributes.Select(name =>
        {
            var table = new ContingencyTable(set.Labels, set.AttributeOf(name));
            return KeyValuePair.Create(name, (JsonNode?)new JsonObject
            {
                ["mutualInformation"] = Math.Round(table.MutualInformation, 6),
                ["shareOfLabelEntropy"] = table.RowEntropy > 0 ? Math.Round(table.MutualInformation / table.RowEntropy, 6) : 0,
                ["cramersV"] = Math.Round(table.CramersV, 6),
                ["rows"] = new JsonObject(table.Rows.Select((label, row) => KeyValuePair.Create(
                    $"label {label}", (JsonNode?)string.Join(" ", table.Counts[row].Select((count, column) => $"{table.Columns[column]}:{count}"))))),
            });
        }));
    }

    private static JsonObject Counts(long[] values, Func<long, string>? name = null) => new(values.GroupBy(value => value).OrderBy(group => group.Key)
        .Select(group => KeyValuePair.Create(name?.Invoke(group.Key) ?? $"{group.Key}", (JsonNode?)group.Count())));

    private static JsonObject Shapes(IReadOnlyDictionary<string, NpyArray> arrays) =>
        new(arrays.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ToString())));

    private static void Print(JsonObject described, TextWriter output, string margin)
    {
        foreach (var (name, value) in described)
        {
            output.WriteLine(value is JsonObject ? $"{margin}{name}:" : $"{margin}{name}: {value}");
            if (value is JsonObject inner) Print(inner, output, margin + "  ");
        }
    }
}
