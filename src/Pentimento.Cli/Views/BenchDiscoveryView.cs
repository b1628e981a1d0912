using Pentimento.Cli.Terminal;
using Pentimento.Experiments;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Cli.Views;

/// <summary>What discovery found of each network, and the shares over all.</summary>
internal sealed class BenchDiscoveryView : View<BenchDiscoveryResult>
{
    /// <inheritdoc/>
    protected override void Print(BenchDiscoveryResult result, TextWriter output)
    {
        Tables.Write(
            output, ["base", "network", "planted", "rate", "seed", "accuracy", "without the cue", "finding", "place of the planted", "first suspect"],
            result.Networks.Select(network => (IReadOnlyList<string>)
            [
                network.Base, network.Network, Names.Kebab($"{network.Plant}"), Scalar.Write(network.Rate), $"{network.Seed}",
                Tables.Percent(network.Accuracy),
                Tables.Percent(network.Unbiased), Names.Kebab($"{network.Finding}"), network.Rate == 0 ? "clean" : $"{network.Rank}",
                network.Suspects.Count == 0 ? "" : Catalog.Write(network.Suspects[0].Cue),
            ]));
        output.WriteLine($"The planted cue is the first suspect: {result.First}; among the first three: {result.AmongThree}.");
        output.WriteLine($"The corner of a patch is named: {result.Cells}.");
        if (result.SlicePrecision is { } precision)
            output.WriteLine($"Of the ten most typical images of the slice that fits best, the cue misleads {Tables.Percent(precision)}.");
        output.WriteLine($"Clean networks accused: {result.CleanAccused}; undecided: {result.CleanUndecided}.");
    }
}
