using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>Networks whose last layer begins anew for another number of classes, while all others keep their weights.</summary>
internal static class NewHeads
{
    /// <summary>The network with a new last layer; the caller disposes both.</summary>
    /// <param name="network">Gives its weights.</param>
    /// <param name="classes">How many outputs the new layer has.</param>
    /// <param name="seed">Decides its weights.</param>
    /// <exception cref="BadInputException">The last layer is no linear map or convolution.</exception>
    public static Classifier Of(Classifier network, int classes, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var architecture = ModelFormat.All.Aggregate(network.Architecture, (record, format) => format.WithClasses(record, network.Classes, classes));
        var built = architecture.Build(network.Shape, classes, seed);
        var values = network.state_dict();
        var head = HeadOf(built.Graph);
        foreach (var (name, place) in built.state_dict())
        {
            if (!head.Any(owner => name.StartsWith(owner, StringComparison.Ordinal))) place.copy_(values[name]);
        }

        return built;
    }

    /// <summary>What the names of the last layer's weights begin with: those of the last linear map or convolution, and of what follows.</summary>
    private static List<string> HeadOf(Graph graph)
    {
        var nodes = graph.Nodes.ToList();
        var last = nodes.FindLastIndex(node => node.Role is NodeRole.Linear or NodeRole.Convolution);
        return [.. nodes.Skip(Math.Max(0, last)).Where(node => node.Module is not null).Select(node => $"{node.Name}.")];
    }
}
