using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using TorchSharp;

namespace Pentimento.Lab.Queries;

/// <summary>A network on the bench.</summary>
/// <param name="name">How the screens call it.</param>
/// <param name="file">Its file.</param>
/// <param name="network">The network, in evaluation mode.</param>
internal sealed class LabNetwork(string name, string file, Classifier network) : IDisposable
{
    private readonly Dictionary<string, (torch.Tensor Activations, ImageSet Images)> kept = [];

    /// <summary>How the screens call it.</summary>
    public string Name => name;

    /// <summary>Its file.</summary>
    public string File => file;

    /// <summary>The network.</summary>
    public Classifier Network => network;

    /// <summary>The architecture that the user gave for weights that do not name their own; null where none was needed.</summary>
    public string? Spec { get; init; }

    /// <summary>For each image of the bench the class that the network doubts it is of, or -1; null until somebody asks.</summary>
    public long[]? SuspectLabels { get; set; }

    /// <summary>The groups of similar images on which the network fails; null until somebody asks.</summary>
    public IReadOnlyList<Discovery.Slice>? Slices { get; set; }

    /// <summary>The predicted class of each image of the bench; null until somebody asks.</summary>
    public Predictions? Predictions { get; set; }

    /// <summary>The activations of some images at a cut, computed once; the last cut asked for is kept.</summary>
    /// <param name="cut">The cut.</param>
    /// <param name="compute">Computes them, with the images.</param>
    public (torch.Tensor Activations, ImageSet Images) Kept(string cut, Func<(torch.Tensor, ImageSet)> compute)
    {
        if (kept.TryGetValue(cut, out var found)) return found;
        foreach (var (activations, _) in kept.Values) activations.Dispose();
        kept.Clear();
        return kept[cut] = compute();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (activations, _) in kept.Values) activations.Dispose();
        network.Dispose();
    }
}
