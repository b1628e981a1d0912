using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution.SanityChecks;

/// <summary>Whether the maps of one network can be believed: four questions to each method.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Data">The set.</param>
/// <param name="Count">How many images were asked about.</param>
/// <param name="Layer">The cut at which methods looked that look at one.</param>
/// <param name="Methods">The methods' SPECs.</param>
/// <param name="Randomization">Whether maps change as the network forgets.</param>
/// <param name="Removal">Whether the pixels that a map marks matter.</param>
/// <param name="Sensitivity">Whether maps stand still under noise.</param>
/// <param name="Agreement">[method][method], the mean rank correlation of their maps.</param>
public sealed record SanityCheckReport(
    string Network,
    string Data,
    int Count,
    string Layer,
    IReadOnlyList<string> Methods,
    IReadOnlyList<ParameterRandomization> Randomization,
    IReadOnlyList<RemovalCurves> Removal,
    IReadOnlyList<NoiseSensitivity> Sensitivity,
    IReadOnlyList<IReadOnlyList<double>> Agreement)
{
    /// <summary>Asks every method about the classes that the network answers.</summary>
    /// <param name="name">The network's name.</param>
    /// <param name="network">The network.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="set">The images; a hundred are enough.</param>
    /// <param name="answers">int64 (N), what the network answers.</param>
    /// <param name="layer">The cut at which methods look.</param>
    /// <param name="run">Randomness, progress, and the wish to stop.</param>
    public static SanityCheckReport Of(
        string name,
        Classifier network,
        IReadOnlyList<AttributionMethod> methods,
        ImageSet set,
        long[] answers,
        string layer,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        var maps = methods.Select(method => method.ExplainSet(network, set, answers, layer, run)).ToList();
        var large = maps.Select(map => AttributionMethod.Enlarged(map, set.Shape)).ToList();
        return new(
            name, set.Name, set.Count, layer, [.. methods.Select(Catalog.Write)],
            [.. methods.Select(method => ParameterRandomization.Of(method, network, set, answers, layer, run))],
            [.. methods.Zip(maps).Select(pair => RemovalCurves.Of(pair.First, pair.Second, network, set, answers, run))],
            [.. methods.Zip(maps).Select(pair => NoiseSensitivity.Of(pair.First, pair.Second, network, set, answers, layer, run))],
            [.. large.Select(one => large.Select(other => Ranks.Correlation(one, other).mean().item<double>()).ToArray())]);
    }
}
