using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>The steps that compute some values of a graph from others, with the last use of each known.</summary>
internal sealed class Plan
{
    private readonly List<(Node Node, string[] Inputs, string[] Outputs, string[] Released)> steps = [];
    private readonly IReadOnlyList<string> wanted;
    private readonly Graph graph;

    private Plan(Graph graph, IReadOnlyList<string> wanted) => (this.graph, this.wanted) = (graph, wanted);

    /// <summary>Whether the images are read and not given.</summary>
    public bool NeedsImages { get; private set; }

    /// <summary>Works the steps out: ancestors of what is wanted, as far as they are not given.</summary>
    public static Plan Of(Graph graph, IReadOnlyCollection<string> given, IReadOnlyList<string> wanted, IReadOnlyCollection<string> kept)
    {
        var plan = new Plan(graph, wanted);
        var needed = new HashSet<string>(wanted);
        var nodes = new List<Node>();
        foreach (var node in graph.Nodes.Reverse())
        {
            if (!node.Outputs.Any(value => needed.Contains(value) && !given.Contains(value))) continue;
            needed.UnionWith(node.Inputs);
            nodes.Add(node);
        }

        nodes.Reverse();
        plan.NeedsImages = needed.Contains(Graph.Images) && !given.Contains(Graph.Images);
        plan.Order(nodes, value => kept.Contains(value) || wanted.Contains(value) || given.Contains(value));
        plan.FindLastUses([.. wanted]);
        return plan;
    }

    /// <summary>Computes the values; the results belong to the caller's scope.</summary>
    /// <param name="network">Whether it is training, and where to draw from.</param>
    /// <param name="given">The values that are there.</param>
    /// <param name="edits">What becomes of values on the way.</param>
    public Tensor[] Run(Classifier network, IReadOnlyDictionary<string, Tensor> given, IReadOnlyDictionary<string, Func<Tensor, Tensor>> edits)
    {
        using var scope = NewDisposeScope();
        var values = given.ToDictionary(pair => pair.Key, pair => pair.Value.alias());
        foreach (var (node, inputs, outputs, released) in steps)
        {
            Step(node, inputs, outputs, values, network, edits);
            // What autograd needs it holds itself.
            foreach (var value in released)
            {
                if (values.Remove(value, out var tensor)) tensor.Dispose();
            }
        }

        return [.. wanted.Select(value => values[value].MoveToOuterDisposeScope())];
    }

    private void Step(
        Node node,
        string[] inputs,
        string[] outputs,
        Dictionary<string, Tensor> values,
        Classifier network,
        IReadOnlyDictionary<string, Func<Tensor, Tensor>> edits)
    {
        using var inner = NewDisposeScope();
        var read = new Tensor?[inputs.Length];
        for (var at = 0; at < inputs.Length; at++)
            read[at] = inputs[at].Length == 0 ? null : values.TryGetValue(inputs[at], out var value) ? value : graph.Sources[inputs[at]]();
        var computed = node.Run(read, network);
        for (var at = 0; at < Math.Min(outputs.Length, computed.Count); at++)
        {
            if (outputs[at].Length == 0 || values.ContainsKey(outputs[at])) continue;
            var result = edits.Count > 0 && edits.TryGetValue(outputs[at], out var edit) ? edit(computed[at]) : computed[at];
            // A value that is passed on as it is must outlive its first name; tensors themselves compare by value.
            values[outputs[at]] = (read.Any(given => ReferenceEquals(given, result)) ? result.alias() : result).MoveToOuterDisposeScope();
        }
    }

    /// <summary>Puts the steps in order. Maxima and monotone functions commute; pooling first leaves the function a quarter of the
    /// values. Where the function is ReLU one pass does both, and adds the bias of a convolution before them.</summary>
    private void Order(List<Node> nodes, Func<string, bool> visible)
    {
        var readers = nodes.SelectMany(node => node.Inputs.Distinct().Select(value => (value, node))).ToLookup(pair => pair.value, pair => pair.node);
        var swapped = new Dictionary<Node, Node>(ReferenceEqualityComparer.Instance);
        foreach (var node in nodes)
        {
            if (node.Role == NodeRole.Monotone && !visible(node.Outputs[0]) && readers[node.Outputs[0]].ToList() is [{ Role: NodeRole.MaxPool } pool])
            {
                swapped[pool] = node;
                continue;
            }

            if (!swapped.TryGetValue(node, out var activation))
            {
                steps.Add((node, [.. node.Inputs], [.. node.Outputs], []));
                continue;
            }

            if (node.Halves && activation.Rectified)
            {
                var before = steps.FindIndex(step => step.Outputs.Contains(activation.Inputs[0]));
                var convolution = before >= 0 && steps[before].Node.Filters is not null && !visible(activation.Inputs[0])
                    && readers[activation.Inputs[0]].Count() == 1 ? steps[before].Node : null;
                if (convolution is not null) steps.RemoveAt(before);
                var joined = RectifiedPooling.Joined(convolution, activation, node);
                steps.Add((joined, [.. joined.Inputs], [.. joined.Outputs], []));
                continue;
            }

            steps.Add((node, [activation.Inputs[0], .. node.Inputs.Skip(1)], [activation.Outputs[0]], []));
            steps.Add((activation, [activation.Outputs[0], .. activation.Inputs.Skip(1)], [node.Outputs[0]], []));
        }
    }

    private void FindLastUses(HashSet<string> late)
    {
        for (var at = steps.Count - 1; at >= 0; at--)
        {
            var (node, inputs, outputs, _) = steps[at];
            string[] released = [.. inputs.Concat(outputs).Where(value => value.Length > 0 && !graph.Sources.ContainsKey(value) && late.Add(value))];
            steps[at] = (node, inputs, outputs, released);
        }
    }
}
