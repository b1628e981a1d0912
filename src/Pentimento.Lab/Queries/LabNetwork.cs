using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Lab.Queries;

/// <summary>A network on the bench.</summary>
/// <param name="name">How the screens call it.</param>
/// <param name="file">Its file.</param>
/// <param name="network">The network, in evaluation mode.</param>
internal sealed class LabNetwork(string name, string file, Classifier network) : IDisposable
{
    private KeptLayer? kept;

    /// <summary>How the screens call it.</summary>
    public string Name => name;

    /// <summary>Its file.</summary>
    public string File => file;

    /// <summary>The network.</summary>
    public Classifier Network => network;

    /// <summary>The hash of its weights, which the lab does not change.</summary>
    public string WeightHash => field ??= Networks.WeightHash.Of(network);

    /// <summary>The architecture that the user gave for weights that do not name their own; null where none was needed.</summary>
    public string? Spec { get; init; }

    /// <summary>For each image of the bench the class that the network doubts it is of, or -1; null until somebody asks.</summary>
    public long[]? SuspectLabels { get; set; }

    /// <summary>The groups of similar images on which the network fails; null until somebody asks.</summary>
    public IReadOnlyList<Discovery.Slice>? Slices { get; set; }

    /// <summary>The predicted class of each image of the bench; null until somebody asks.</summary>
    public Predictions? Predictions { get; set; }

    /// <summary>What is computed once of a layer; that of the last one asked for is kept.</summary>
    /// <param name="basis">What the layer is looked at as.</param>
    /// <param name="compute">Computes it.</param>
    public KeptLayer Kept(ChannelBasis basis, Func<KeptLayer> compute)
    {
        if (kept is { } found && found.Basis.Name == basis.Name) return found;
        kept?.Dispose();
        // What cannot be computed leaves nothing behind that was disposed.
        kept = null;
        return kept = compute();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        kept?.Dispose();
        network.Dispose();
    }
}
