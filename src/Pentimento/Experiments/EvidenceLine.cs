using Pentimento.Cues;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Painting;

namespace Pentimento.Experiments;

/// <summary>Everything that was measured of one cue of one network, a line of a bench's evidence.jsonl: what rules can be tried on without
/// measuring anything again.</summary>
internal sealed record EvidenceLine(
    string Base, string Network, PlantedCue Plant, double Rate, ulong Seed, double Accuracy, double Unbiased, string Cue, bool IsPlanted,
    CueKind Kind, int Breadth, double Available, double Echo, double Chance, double EchoPValue, int Reliable, ConfidenceInterval Followed,
    double Shift, double ShiftPValue, ConfidenceInterval? Blind, ConfidenceInterval? Sighted, ConfidenceInterval? Excess, double? BlindAccuracy,
    CueCost? Cost, double QValue, Finding Finding)
{
    /// <summary>The excess of donors of each class, where there is a control.</summary>
    public IReadOnlyList<ConfidenceInterval> Classes { get; init; } = [];

    /// <summary>What is lost with the cue of another class, and that beyond the control.</summary>
    public ConfidenceInterval? Lost { get; init; }

    /// <summary>The same beyond the control.</summary>
    public ConfidenceInterval? LostExcess { get; init; }

    public static EvidenceLine Of(PlantedTrial trial, PlantedNetwork network, bool isPlanted, CueVerdict ruling)
    {
        var evidence = ruling.Evidence;
        var (followed, cost) = (evidence.Followed, evidence.Cost);
        return new(
            network.Base, network.Network, network.Plant, network.Rate, network.Seed, network.Accuracy, network.Unbiased,
            Catalog.Write(evidence.Cue), isPlanted, evidence.Cue.Kind, evidence.Cue.Breadth, evidence.Reading.Accuracy,
            evidence.Echo.Accuracy, evidence.Echo.Chance, evidence.Echo.PValue, evidence.Echo.Reliable.Count, followed.Mean,
            followed.Shifts.DefaultIfEmpty().Average(), followed.ShiftPValue, evidence.Blind?.Mean, evidence.Sighted?.Mean,
            evidence.Blind is null ? null : PairedDifference.Of(evidence.Excess), cost is null ? null : evidence.BlindAccuracy.Value, cost,
            ruling.QValue, ruling.Finding)
        {
            Classes = evidence.Blind is null ? [] : [.. Enumerable.Range(0, evidence.Classes).Select(label => evidence.ExcessOf(label))],
            Lost = evidence.Reliance?.Lost,
            LostExcess = evidence.Reliance?.Excess,
        };
    }
}
