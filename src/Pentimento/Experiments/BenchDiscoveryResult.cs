using Pentimento.Evaluation;
using Pentimento.Painting;

namespace Pentimento.Experiments;

/// <summary>How often discovery finds planted cues, and how often it accuses clean networks.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="First">Of the networks that learned a planted cue, those of which it is the first suspect.</param>
/// <param name="AmongThree">Those of which it is among the first three.</param>
/// <param name="Cells">Of the networks that learned a patch in a corner, those of which the first suspect is that corner's cell.</param>
/// <param name="CleanAccused">Of the clean networks, those that are said to take a shortcut.</param>
/// <param name="CleanUndecided">Those of which it is said to be undecided.</param>
/// <param name="Networks">The networks.</param>
internal sealed record BenchDiscoveryResult(
    string Run, Share First, Share AmongThree, Share Cells, Share CleanAccused, Share CleanUndecided, IReadOnlyList<PlantedNetwork> Networks)
{
    /// <summary>The mean precision at 10 of slices of the networks that learned a planted cue; null where there is none.</summary>
    public double? SlicePrecision { get; init; }

    internal static BenchDiscoveryResult Of(string folder, IReadOnlyList<PlantedNetwork> networks)
    {
        var planted = networks.Where(network => network.Learned).ToList();
        var patched = planted.Where(network => network.Plant is PlantedCue.CornerPatch or PlantedCue.OneClassPatch);
        var clean = networks.Where(network => network.Rate == 0).ToList();
        return new(
            folder,
            Share.Of([.. planted.Select(network => network.Rank == 1)]),
            Share.Of([.. planted.Select(network => network.Rank <= 3)]),
            Share.Of([.. patched.Select(network => network.Rank == 1)]),
            Share.Of([.. clean.Select(network => network.Finding == Finding.Shortcut)]),
            Share.Of([.. clean.Select(network => network.Finding == Finding.Undecided)]),
            networks)
        {
            SlicePrecision = planted.Average(network => network.SlicePrecision),
        };
    }
}
