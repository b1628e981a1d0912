using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution.SanityChecks;

/// <summary>Sanity checks of attribution methods on one network: parameter randomization, deletion and insertion, max-sensitivity,
/// agreement.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Data">The set.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Layer">The cut used by the methods that attribute to a layer.</param>
/// <param name="Methods">The attribution methods.</param>
/// <param name="Randomization">The parameter randomization test of each method.</param>
/// <param name="Removal">The deletion and insertion curves of each method.</param>
/// <param name="Sensitivity">The max-sensitivity of each method.</param>
/// <param name="Agreement">[method][method], the mean rank correlation of their maps.</param>
public sealed record SanityCheckReport(
    string Network,
    string Data,
    int Count,
    string Layer,
    IReadOnlyList<AttributionMethod> Methods,
    IReadOnlyList<ParameterRandomization> Randomization,
    IReadOnlyList<RemovalCurves> Removal,
    IReadOnlyList<NoiseSensitivity> Sensitivity,
    IReadOnlyList<IReadOnlyList<double>> Agreement)
{
    /// <summary>Runs every check for the predicted classes.</summary>
    /// <param name="name">The network's name.</param>
    /// <param name="network">The network.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="set">The images; a hundred are enough.</param>
    /// <param name="predictions">int64 (N), the predicted classes.</param>
    /// <param name="layer">The cut to whose activations the methods attribute.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    internal static SanityCheckReport Of(
        string name,
        Classifier network,
        IReadOnlyList<AttributionMethod> methods,
        ImageSet set,
        long[] predictions,
        string layer,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        var maps = methods.Select(method => method.ExplainSet(network, set, predictions, layer, run)).ToList();
        var large = maps.Select(map => AttributionMethod.Upsampled(map, set.Shape)).ToList();
        return new(
            name, set.Name, set.Count, layer, methods,
            [.. methods.Select(method => ParameterRandomization.Of(method, network, set, predictions, layer, run))],
            [.. methods.Zip(maps).Select(pair => RemovalCurves.Of(pair.First, pair.Second, network, set, predictions, run))],
            [.. methods.Zip(maps).Select(pair => NoiseSensitivity.Of(pair.First, pair.Second, network, set, predictions, layer, run))],
            [.. large.Select(one => large.Select(other => Ranks.Correlation(one, other).mean().item<double>()).ToArray())]);
    }
}
