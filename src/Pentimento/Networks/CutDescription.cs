using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>A place where a network can be cut.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">The shape of its activations for one image, without the image's own dimension.</param>
/// <param name="Role">What it is good for.</param>
/// <param name="Separating">Whether the rest of the network needs nothing else of the images.</param>
internal sealed record CutDescription(string Name, IReadOnlyList<long> Shape, CutRole Role, bool Separating)
{
    /// <summary>Describes every value of a network by running one black image through it.</summary>
    internal static IReadOnlyList<CutDescription> Of(Classifier network)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var trains = network.training;
        network.eval();
        try
        {
            var (graph, shape) = (network.Graph, network.Shape);
            var device = network.parameters().FirstOrDefault()?.device ?? CPU;
            var values = network.Heads(zeros([1, shape.Channels, shape.Height, shape.Width], device: device), graph.OfImages);
            var (last, separating) = (LastMaps.Of(graph), graph.Separating.ToHashSet());
            return
            [
                // Sizes and places are no activations.
                .. graph.OfImages.Zip(values).Where(pair => pair.Second.is_floating_point() && pair.Second.dim() > 0)
                    .Select(pair => new CutDescription(
                        pair.First, pair.Second.shape[1..], RoleOf(graph, pair.First, last), separating.Contains(pair.First))),
            ];
        }
        finally
        {
            network.train(trains);
        }
    }

    private static CutRole RoleOf(Graph graph, string value, string? last) => graph.MakerOf(value) switch
    {
        _ when value == graph.Output => CutRole.Logits,
        _ when value == graph.Features => CutRole.Features,
        _ when value == last => CutRole.LastMaps,
        { Role: NodeRole.Activation or NodeRole.Monotone } => CutRole.Activation,
        { Maps: true } => CutRole.Maps,
        _ => CutRole.Other,
    };
}

/// <summary>What a cut is good for, found from the graph.</summary>
internal enum CutRole
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>Maps (N, C, H, W).</summary>
    Maps,

    /// <summary>Behind an activation function.</summary>
    Activation,

    /// <summary>The last maps before pooling or flattening: what class activation mapping looks at.</summary>
    LastMaps,

    /// <summary>What the last linear layer reads.</summary>
    Features,

    /// <summary>The answers.</summary>
    Logits,
}
