namespace Pentimento.Networks.Onnx;

/// <summary>The nodes that an output needs, each behind those whose values it reads.</summary>
internal static class OnnxOrder
{
    /// <summary>Sorts nodes, leaving out those that are not needed.</summary>
    /// <exception cref="BadInputException">A value is computed twice or never, or nodes wait for each other.</exception>
    public static List<OnnxNode> Of(OnnxModel model, IReadOnlySet<string> given, string output)
    {
        var graph = model.Proto.Graph;
        var makers = new Dictionary<string, int>();
        for (var at = 0; at < graph.Node.Count; at++)
        {
            foreach (var value in graph.Node[at].Output.Where(value => value.Length > 0))
                Require.That(makers.TryAdd(value, at) && !given.Contains(value), $"{model.Name}: the value '{value}' is computed twice.");
        }

        Require.That(makers.ContainsKey(output), $"{model.Name}: no node computes the output '{output}'.");
        var (order, state) = (new List<OnnxNode>(), new byte[graph.Node.Count]);
        // Depth first without recursion, as a file may chain any number of nodes.
        var open = new Stack<(int Node, int Next)>();
        open.Push((makers[output], 0));
        while (open.TryPop(out var top))
        {
            var node = graph.Node[top.Node];
            state[top.Node] = 1;
            if (top.Next == node.Input.Count)
            {
                state[top.Node] = 2;
                order.Add(new(node, model.Opset, model.Name));
                continue;
            }

            open.Push((top.Node, top.Next + 1));
            var value = node.Input[top.Next];
            if (value.Length == 0 || given.Contains(value)) continue;
            Require.That(
                makers.TryGetValue(value, out var maker),
                $"{model.Name}: the node '{node.Name}' ({node.OpType}) reads the value '{value}', which nothing computes.");
            Require.That(state[maker] != 1, $"{model.Name}: its nodes wait for each other in a circle through the value '{value}'.");
            if (state[maker] == 0) open.Push((maker, 0));
        }

        return order;
    }
}
