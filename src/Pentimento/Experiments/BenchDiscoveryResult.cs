using Pentimento.Discovery;
using Pentimento.Evaluation;

namespace Pentimento.Experiments;

/// <summary>What discovery found of planted cues.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Networks">One a network.</param>
public sealed record BenchDiscoveryResult(string Run, IReadOnlyList<PlantedNetwork> Networks)
{
    internal static BenchDiscoveryResult Of(string folder, IReadOnlyList<PlantedNetwork> networks)
    {
        var file = Path.Combine(folder, "results.jsonl");
        SafeFile.Write(file, string.Concat(networks.Select(network => $"{Json(network)}\n")));
        return new(folder, networks);
    }

    internal static string Json(PlantedNetwork network) =>
        System.Text.Json.JsonSerializer.Serialize(network, new System.Text.Json.JsonSerializerOptions(Foundation.Configuration.Json.Options) { WriteIndented = false });
}

/// <summary>One network.</summary>
/// <param name="Plant">What was planted.</param>
/// <param name="Rate">How often.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Accuracy">On images like those that it learned from.</param>
/// <param name="Unbiased">On images whose cue says nothing.</param>
/// <param name="Cues">All cues.</param>
public sealed record PlantedNetwork(string Plant, double Rate, ulong Seed, double Accuracy, double Unbiased, IReadOnlyList<PlantedCueRow> Cues)
{
    internal static PlantedNetwork Of(PlantedTrial trial, Share accuracy, Share unbiased, IReadOnlyList<CueRuling> evidence) =>
        new(Names.Kebab($"{trial.Plant}"), trial.Rate, trial.Seed, accuracy.Value, unbiased.Value, [.. evidence.Select(PlantedCueRow.Of)]);
}

/// <summary>Numbers.</summary>
public sealed record PlantedCueRow(
    string Cue, double Available, double Chance, double P, int Reliable, double Followed, double Low, double High, double Change,
    double? Blind, double? BlindLow, double? BlindHigh, double? Sighted, double? ExcessLow, double? ExcessHigh, double? BlindAccuracy,
    double? Agreeing, double? Contradicting, long? ContradictingCount, double? BlindContradicting, double? SightedContradicting,
    double? Gain, double? GainLow, double? GainHigh, double? Misled, double? Mended, long? Errors, double MaxClass, double? Own, double? OwnLow, double Echo, double EchoP, double Agreement, double? GainP, double ExcessP, string Finding, double Q, double Shift, double ShiftP)
{
    internal static PlantedCueRow Of(CueRuling ruling)
    {
        var e = ruling.Evidence;
        var mean = e.Followed.Mean;
        var blind = e.Blind?.Mean;
        var excess = e.Blind is null ? null : PairedDifference.Of(e.Excess);
        double? F(double? v) => v is { } x && double.IsFinite(x) ? Math.Round(x, 4) : null;
        return new(
            $"{e.Cue}", e.Reading.Accuracy, e.Reading.Chance, e.Reading.PValue, e.Reading.Reliable.Count, mean.Value, mean.Low, mean.High, e.Change,
            F(blind?.Value), F(blind?.Low), F(blind?.High), F(e.Sighted?.Mean.Value), F(excess?.Low), F(excess?.High), F(e.Cost is null ? null : e.BlindAccuracy.Value),
            F(e.Cost?.Agreeing.Value), F(e.Cost?.Contradicting.Value), e.Cost?.Contradicting.Count, F(e.Cost?.Blind.Value), F(e.Cost?.Sighted.Value),
            F(e.Cost?.Gain.Value), F(e.Cost?.Gain.Low), F(e.Cost?.Gain.High), F(e.Cost?.Misled.Value), F(e.Cost?.Mended.Value), e.Cost?.Mended.Count,
            Enumerable.Range(0, 10).Max(c => e.Followed.Of(c).Low), F(e.Cost?.Own.Value), F(e.Cost?.Own.Low), e.Echo.Accuracy, e.Echo.PValue, e.Reading.Agreement(e.Echo), e.Cost?.PValue,
            PairedDifference.PValue(e.Excess, 0.01), $"{ruling.Finding}", ruling.QValue, e.Followed.Shifts.Average(), e.Followed.ShiftPValue);
    }
}
