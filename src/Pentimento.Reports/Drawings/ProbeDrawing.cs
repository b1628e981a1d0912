using System.Text.Json;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Probing;
using Pentimento.Reports.Atlases;

namespace Pentimento.Reports.Drawings;

/// <summary>The neurons as a page to look through, as a table and as JSON.</summary>
internal sealed class ProbeDrawing : Drawing<Probe, ProbeResult>
{
    /// <inheritdoc/>
    protected override void Draw(Probe operation, ProbeResult result)
    {
        if (result.Subject is not { } subject) return;
        IReadOnlyList<AtlasCard> cards = [.. result.Samples.SelectMany(AtlasCards.Of)];
        var atlas = new Atlas(subject.Name, result.Data, subject.Grey, result.Warning, result.Layers, cards) { Again = [CommandText.Of(operation)] };
        SafeFile.Write(result.Table, NeuronColumns.Csv(result.Neurons));
        SafeFile.Write(Path.Combine(Path.GetDirectoryName(result.Table)!, "neurons.json"), JsonSerializer.Serialize(result, Json.Options));
        SafeFile.Write(result.Atlas, AtlasPage.Html(atlas));
    }
}
