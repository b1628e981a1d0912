namespace Pentimento.Networks.Onnx;

/// <summary>Readable names of nodes: those of the file, shortened where that leaves them unique.</summary>
internal static class CutNames
{
    /// <summary>Names nodes; no two the same.</summary>
    public static IReadOnlyDictionary<OnnxNode, string> Of(IEnumerable<OnnxNode> nodes)
    {
        var all = nodes.ToList();
        var full = all.ToDictionary(node => node, node => Plain(node.Name));
        var shorter = all.ToDictionary(node => node, node => WithoutType(full[node], node.Type));
        var uses = shorter.Values.GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
        var (taken, named) = (new HashSet<string> { Graph.Images }, new Dictionary<OnnxNode, string>());
        // Weights are named behind their node, so that no node may be called as a level of another's name.
        var levels = full.Values.Concat(shorter.Values).SelectMany(Levels).ToHashSet();
        foreach (var node in all)
        {
            var wanted = uses[shorter[node]] == 1 && !levels.Contains(shorter[node]) ? shorter[node] : full[node];
            var name = levels.Contains(wanted) ? $"{wanted}_" : wanted;
            for (var at = 2; !taken.Add(name); at++) name = $"{wanted}_{at}";
            named[node] = name;
        }

        return named;
    }

    /// <summary>The names above a name.</summary>
    private static IEnumerable<string> Levels(string name)
    {
        for (var at = name.IndexOf('.'); at > 0; at = name.IndexOf('.', at + 1)) yield return name[..at];
    }

    /// <summary>A path as PyTorch's exporter writes it, <c>/layer1/layer1.0/conv1/Conv</c>, as <c>layer1.0.conv1.Conv</c>.</summary>
    private static string Plain(string name)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        for (var at = parts.Count - 2; at >= 0; at--)
        {
            if (parts[at + 1].StartsWith(parts[at] + ".", StringComparison.Ordinal)) parts.RemoveAt(at);
        }

        var levels = string.Join('.', parts).Split('.', StringSplitOptions.RemoveEmptyEntries);
        return levels.Length == 0 ? "node" : string.Join('.', levels);
    }

    private static string WithoutType(string name, string type) =>
        name.EndsWith("." + type, StringComparison.Ordinal) ? name[..^(type.Length + 1)] : name;
}
