namespace Pentimento.Networks;

/// <summary>Finds the maps that class activation mapping looks at: the last before pooling or flattening.</summary>
internal static class LastMaps
{
    /// <summary>The last separating maps after an activation; where convolutions follow those, the last maps that are no pooling.</summary>
    /// <returns>Null where there are no maps.</returns>
    public static string? Of(Graph graph)
    {
        var image = Image(graph);
        var maps = graph.Separating.Where(value => !image.Contains(value))
            .Where(value => graph.MakerOf(value) is { Maps: true, Role: not (NodeRole.Pool or NodeRole.MaxPool) }).ToList();
        var activated = maps.LastOrDefault(value => graph.MakerOf(value).Role is NodeRole.Activation or NodeRole.Monotone);
        var found = activated is null || ConvolutionFollows(graph, activated) ? maps.LastOrDefault() ?? activated : activated;
        while (found is not null && graph.MakerOf(found) is { Role: NodeRole.Passage } passage && maps.Contains(passage.Inputs[0]))
            found = passage.Inputs[0];
        return found;
    }

    /// <summary>The values that are the image still, as preprocessing leaves it.</summary>
    private static HashSet<string> Image(Graph graph)
    {
        var ofImages = graph.OfImages.ToHashSet();
        var image = new HashSet<string> { Graph.Images };
        foreach (var node in graph.Nodes.Where(node => node.KeepsImage && node.Inputs.Any(image.Contains)))
        {
            if (node.Inputs.All(input => image.Contains(input) || !ofImages.Contains(input))) image.UnionWith(node.Outputs);
        }

        return image;
    }

    private static bool ConvolutionFollows(Graph graph, string value) =>
        graph.Nodes.SkipWhile(node => !node.Outputs.Contains(value)).Any(node => node is { Role: NodeRole.Convolution, Maps: true });
}
