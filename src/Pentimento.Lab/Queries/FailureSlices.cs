using Pentimento.Discovery;

namespace Pentimento.Lab.Queries;

/// <summary>Groups of similar images on which a network fails more often than elsewhere.</summary>
internal static class FailureSlices
{
    /// <summary>The slices of every network, those of the first one first; found once.</summary>
    public static IReadOnlyList<(string Network, Slice Slice)> Of(Workbench bench) =>
        [.. bench.Networks.SelectMany(network => (network.Slices ??= Of(bench, network)).Select(slice => (network.Name, slice)))];

    private static IReadOnlyList<Slice> Of(Workbench bench, LabNetwork network)
    {
        using var inference = TorchSharp.torch.no_grad();
        var set = bench.RequireImages();
        if (set.Labels.Distinct().Count() < 2) return [];
        using var subject = new ExaminedNetwork(network.Network, set, bench.Run);
        return new SliceSearch().Of(subject, [], bench.Run);
    }
}
