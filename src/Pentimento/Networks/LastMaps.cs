namespace Pentimento.Networks;

/// <summary>Finds the maps that class activation mapping looks at: the last before pooling or flattening.</summary>
internal static class LastMaps
{
    /// <summary>The last separating maps after an activation; where convolutions follow those, the last maps that are no pooling.</summary>
    /// <returns>Null where there are no maps.</returns>
    public static string? Of(Graph graph)
    {
        // What passes the image on is the image still, scaled.
        var computed = graph.Nodes.SkipWhile(node => node.Role == NodeRole.Passage).SelectMany(node => node.Outputs).ToHashSet();
        var maps = graph.Separating.Where(computed.Contains)
            .Where(value => graph.MakerOf(value) is { Maps: true, Role: not (NodeRole.Pool or NodeRole.MaxPool) }).ToList();
        var activated = maps.LastOrDefault(value => graph.MakerOf(value).Role is NodeRole.Activation or NodeRole.Monotone);
        var found = activated is null || ConvolutionFollows(graph, activated) ? maps.LastOrDefault() ?? activated : activated;
        while (found is not null && graph.MakerOf(found) is { Role: NodeRole.Passage } passage && maps.Contains(passage.Inputs[0]))
            found = passage.Inputs[0];
        return found;
    }

    private static bool ConvolutionFollows(Graph graph, string value) =>
        graph.Nodes.SkipWhile(node => !node.Outputs.Contains(value)).Any(node => node is { Role: NodeRole.Convolution, Maps: true });
}
