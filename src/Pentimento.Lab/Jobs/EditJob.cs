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
        Require.That(!string.IsNullOrEmpty(question.Layer), $"A layer must be named whose channels are changed.");
        var settings = EquivalentCode.EditOf(network, bench.BasisOf(network, question.Layer), question);
        // The job's settings are texts; what was not given is left out.
        foreach (var name in settings.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList()) settings.Remove(name);
        return settings;
    }
}
