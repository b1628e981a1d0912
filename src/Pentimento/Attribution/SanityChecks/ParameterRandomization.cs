using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution.SanityChecks;

/// <summary>The model parameter randomization test: whether a method's maps change as the weights are randomized layer by layer. A map that
/// stays the same does not depend on what was learned.</summary>
/// <remarks>Adebayo et al., 2018, "Sanity checks for saliency maps", arXiv:1810.03292, section 3: cascading randomization from the last
/// layer to the first.</remarks>
/// <param name="Method">The attribution method.</param>
/// <param name="Layers">
/// The layers randomized, last first; each stays randomized as the next follows. Of a deep network several go at a time, and the first of them, which
/// is the last to go, is named.
/// </param>
/// <param name="Similarity">After each, the mean rank correlation of the maps with those of the trained network.</param>
public sealed record ParameterRandomization(AttributionMethod Method, IReadOnlyList<string> Layers, IReadOnlyList<double> Similarity)
{
    // Each of a cascade's stages costs a map of every image; a deep network's are nearly alike.
    private const int ShallowLayers = 12;
    private const int Stages = 8;

    /// <summary>The mean similarity over the cascade: that of a method that depends on the weights falls with the last layer already.</summary>
    public double Left => Similarity.DefaultIfEmpty(1).Average();

    /// <summary>Randomizes a copy of the network layer by layer and compares each method's maps.</summary>
    /// <param name="methods">The methods.</param>
    /// <param name="trained">Their maps of the network as it is.</param>
    /// <param name="network">Not changed.</param>
    /// <param name="set">The images.</param>
    /// <param name="targets">int64 (N), the classes explained, always the same.</param>
    /// <param name="layer">The cut to whose activations the methods attribute.</param>
    /// <param name="run">Device, seed (which determines the random weights), progress and cancellation.</param>
    internal static IReadOnlyList<ParameterRandomization> Of(
        IReadOnlyList<AttributionMethod> methods,
        IReadOnlyList<Tensor> trained,
        Classifier network,
        ImageSet set,
        long[] targets,
        string layer,
        RunContext run)
    {
        using var scope = NewDisposeScope();
        using var randomized = network.Architecture.Build(network.Shape, network.Classes, run.Seed).On(run.Device);
        using var fresh = network.Architecture.Build(network.Shape, network.Classes, run.Seed.For("randomise")).On(run.Device);
        Copy(network, randomized, "");
        string[] layers = [.. network.named_children().Select(child => child.name).Where(name => Named(network, name).Any()).Reverse()];
        var stages = layers.Length > ShallowLayers ? layers.Chunk((layers.Length + Stages - 1) / Stages).ToArray() : [.. layers.Chunk(1)];
        var similarity = methods.Select(_ => new List<double>()).ToArray();
        for (var stage = 0; stage < stages.Length; stage++)
        {
            foreach (var name in stages[stage]) Copy(fresh, randomized, $"{name}.");
            for (var at = 0; at < methods.Count; at++)
            {
                var part = run.Part((stage * methods.Count) + at, 1, stages.Length * methods.Count);
                using var maps = methods[at].ExplainSet(randomized, set, targets, layer, part);
                similarity[at].Add(Ranks.Correlation(trained[at], maps).mean().item<double>());
            }
        }

        string[] names = [.. stages.Select(stage => stage[^1])];
        return [.. methods.Zip(similarity, (method, values) => new ParameterRandomization(method, names, values))];
    }

    private static IEnumerable<string> Named(Classifier network, string layer) =>
        network.state_dict().Keys.Where(key => key.StartsWith($"{layer}.", StringComparison.Ordinal));

    private static void Copy(Classifier from, Classifier to, string prefix)
    {
        using var noGrad = no_grad();
        var (source, place) = (from.state_dict(), to.state_dict());
        foreach (var name in place.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))) place[name].copy_(source[name]);
    }
}
