using System.Globalization;
using System.Text.Json.Nodes;

namespace Pentimento.Lab.Queries;

/// <summary>The commands and the C# that give the same results as the lab's screens.</summary>
internal static class EquivalentCode
{
    /// <summary>Where networks look.</summary>
    public static CodeSnippet Explain(Workbench bench, LookQuestion question) => OperationCode.Of("explain", new()
    {
        ["model"] = new JsonArray([.. bench.Networks.Select(network => JsonValue.Create(network.File))]),
        ["network"] = bench.Networks[0].Spec,
        ["data"] = DataOf(bench),
        ["method"] = string.IsNullOrEmpty(question.Method) ? "grad-cam" : question.Method,
        ["layer"] = question.Layer,
        ["out"] = "maps.png",
    });

    /// <summary>Whether a network follows a cue.</summary>
    public static CodeSnippet Audit(Workbench bench, CueQuestion question) => OperationCode.Of("audit", new()
    {
        ["model"] = bench.Find(null).File,
        ["network"] = bench.Find(null).Spec,
        ["data"] = DataOf(bench),
        ["cue"] = question.Cue == "hue" ? null : question.Cue,
        ["out"] = "audit.png",
    });

    /// <summary>An attack.</summary>
    public static CodeSnippet Attack(Workbench bench, AttackQuestion question) => OperationCode.Of("attack", new()
    {
        ["model"] = bench.Find(question.Model).File,
        ["network"] = bench.Find(question.Model).Spec,
        ["data"] = DataOf(bench),
        ["with"] = string.Create(
            CultureInfo.InvariantCulture, $"pgd:radius={question.Radius:0.####},step-size={question.Radius / 4:0.#####},steps=40,random-start=false"),
        ["out"] = "fooled.png",
    });

    /// <summary>A network with some channels or features ablated or steered, as a file.</summary>
    public static CodeSnippet Edit(Workbench bench, LabNetwork network, ChannelBasis basis, InsideQuestion question)
    {
        var settings = EditOf(network, basis, question);
        settings["evaluate"] = new JsonArray(DataOf(bench));
        return OperationCode.Of("operate", settings);
    }

    /// <summary>The settings of <c>operate</c> that write such a network.</summary>
    internal static JsonObject EditOf(LabNetwork network, ChannelBasis basis, InsideQuestion question)
    {
        var settings = basis.Settings(question);
        settings["model"] = network.File;
        settings["network"] = network.Spec;
        settings["out"] = Path.GetExtension(network.File) == ".onnx" ? "edited.onnx" : "edited.safetensors";
        return settings;
    }

    /// <summary>What networks predict for every image of the set, as a table.</summary>
    public static CodeSnippet Table(Workbench bench, string group) => OperationCode.Of("evaluate", new()
    {
        ["model"] = bench.Networks[0].File,
        ["network"] = bench.Networks[0].Spec,
        ["data"] = new JsonArray(group.Length == 0 ? DataOf(bench) : $"{DataOf(bench)}[{group}]"),
        ["predictions"] = "predictions.csv",
    });

    /// <summary>The ablated channels as text; null for none.</summary>
    internal static string? Ablated(InsideQuestion question) => question.Ablated.Count == 0 ? null : string.Join(',', question.Ablated.Order());

    /// <summary>The steered channels as text; null for none.</summary>
    internal static string? Steered(InsideQuestion question) => question.Steered.Count == 0 ? null : string.Join(
        ',', question.Steered.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Channel}={one.Added:0.#####}")));

    private static string DataOf(Workbench bench) => bench.Data ?? "DATA";
}
