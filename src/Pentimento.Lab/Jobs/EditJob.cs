using System.Text.Json.Nodes;
using Pentimento.Lab.Queries;

namespace Pentimento.Lab.Jobs;

/// <summary>A network without the channels that are ablated on the screen, as the job that writes it.</summary>
internal static class EditJob
{
    /// <summary>The settings of the operation <c>operate</c>.</summary>
    /// <exception cref="BadInputException">There is no such network or layer, or nothing is ablated.</exception>
    public static JsonObject Settings(Workbench bench, InsideQuestion question)
    {
        var network = bench.Find(question.Model);
        Require.That(question.Ablated.Count + question.Steered.Count > 0, $"No channel is ablated or steered: the network would be the same.");
        Require.That(network.Network.Cuts.Contains(question.Layer ?? ""), $"{network.Name} cannot be cut at '{question.Layer}'.");
        var settings = new JsonObject
        {
            ["model"] = network.File,
            ["layer"] = question.Layer,
            ["out"] = Path.GetExtension(network.File) == ".onnx" ? "edited.onnx" : "edited.safetensors",
        };
        if (EquivalentCode.Ablated(question) is { } ablated) settings["neurons"] = ablated;
        if (EquivalentCode.Steered(question) is { } steered) settings["steer"] = steered;
        if (network.Spec is { } spec) settings["network"] = spec;
        return settings;
    }
}
