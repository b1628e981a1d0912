using global::Onnx;
using TorchSharp;

namespace Pentimento.Networks.Onnx;

/// <summary>What each node and tensor of an ONNX graph is for: which nodes depend on the images, and which tensors are weights.</summary>
/// <remarks>
/// A floating-point tensor is a weight if it arrives, as it is or through nodes that know nothing of the images, at an input that the
/// operator says takes weights. An operand of an elementwise operator counts only behind the first convolution or linear map: before
/// that it is a constant of the preprocessing, as is every single number.
/// </remarks>
internal sealed class WeightPlan
{
    private static readonly HashSet<string> Opaque = ["Shape", "Size", "NonZero", "ConstantOfShape", "Range", "ArgMax", "ArgMin"];

    /// <summary>Reads a graph.</summary>
    /// <exception cref="BadInputException">The graph is malformed, or reads more than one image.</exception>
    public WeightPlan(OnnxModel model)
    {
        var graph = model.Proto.Graph;
        Require.That(graph.SparseInitializer.Count == 0, $"{model.Name} keeps sparse tensors, which are not supported; export it with dense ones.");
        foreach (var (value, tensor) in OnnxInitializers.Of(graph)) Tensors[value] = tensor;
        var inputs = graph.Input.Where(input => !Tensors.ContainsKey(input.Name)).ToList();
        Require.That(
            inputs.Count == 1,
            $"{model.Name} reads {inputs.Count} inputs ({string.Join(", ", inputs.Select(input => input.Name).Take(6))}); expected one, the images.");
        Input = inputs[0];
        Require.That(graph.Output.Count > 0, $"{model.Name} has no output.");
        Output = graph.Output[0].Name;
        Nodes = OnnxOrder.Of(model, graph.Initializer.Select(tensor => tensor.Name).Append(Input.Name).ToHashSet(), Output);
        FindOfImages();
        Names = CutNames.Of(Nodes.Where(OfImages.Contains));
        FindWeights();
    }

    /// <summary>The graph's one image input.</summary>
    public ValueInfoProto Input { get; }

    /// <summary>The output that is taken for the answers.</summary>
    public string Output { get; }

    /// <summary>The tensors of the file, by value.</summary>
    public Dictionary<string, TensorProto> Tensors { get; } = [];

    /// <summary>The nodes needed, each behind those whose values it reads.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; }

    /// <summary>The nodes that depend on the images.</summary>
    public HashSet<OnnxNode> OfImages { get; } = [];

    /// <summary>The nodes that know nothing of the images but depend on weights.</summary>
    public HashSet<OnnxNode> OfWeights { get; } = [];

    /// <summary>The cut that each node of the images is.</summary>
    public IReadOnlyDictionary<OnnxNode, string> Names { get; }

    /// <summary>The weights by value: the node that owns each, and its name there.</summary>
    public Dictionary<string, (OnnxNode Owner, string Name)> Weights { get; } = [];

    private void FindOfImages()
    {
        var known = new HashSet<string> { Input.Name };
        foreach (var node in Nodes.Where(node => node.Inputs.Any(known.Contains)))
        {
            OfImages.Add(node);
            known.UnionWith(node.Outputs);
        }
    }

    private void FindWeights()
    {
        var arrivals = Arrivals();
        var taken = new HashSet<(OnnxNode, string)>();
        foreach (var (value, tensor) in Tensors)
        {
            if (OnnxTensor.TypeOf(tensor.DataType) is not (torch.ScalarType.Float32 or torch.ScalarType.Float64)) continue;
            var found = arrivals[value].FirstOrDefault(arrival => Takes(arrival.Node, arrival.Place, tensor));
            if (found.Node is null) continue;
            var name = NameOf(found.Node, found.Place);
            var free = Enumerable.Range(1, int.MaxValue).Select(at => at == 1 ? name : $"{name}{at}").First(free => taken.Add((found.Node, free)));
            Weights[value] = (found.Node, free);
        }

        var learned = Weights.Keys.ToHashSet();
        foreach (var node in Nodes.Where(node => !OfImages.Contains(node) && !Opaque.Contains(node.Type) && node.Inputs.Any(learned.Contains)))
        {
            OfWeights.Add(node);
            learned.UnionWith(node.Outputs);
        }
    }

    /// <summary>By value that knows nothing of the images, the inputs of nodes of the images at which it arrives.</summary>
    private ILookup<string, (OnnxNode Node, int Place)> Arrivals()
    {
        var arrivals = new Dictionary<string, List<(OnnxNode, int)>>();
        foreach (var node in Nodes.Reverse())
        {
            var through = OfImages.Contains(node) ? null : node.Outputs.SelectMany(output => arrivals.GetValueOrDefault(output) ?? []).ToList();
            if (through is not null && Opaque.Contains(node.Type)) continue;
            for (var at = 0; at < node.Inputs.Count; at++)
            {
                if (!arrivals.TryGetValue(node.Inputs[at], out var list)) arrivals[node.Inputs[at]] = list = [];
                if (through is null) list.Insert(0, (node, at));
                else list.AddRange(through);
            }
        }

        return arrivals.SelectMany(pair => pair.Value, (pair, arrival) => (pair.Key, arrival)).ToLookup(pair => pair.Key, pair => pair.arrival);
    }

    private bool Takes(OnnxNode node, int place, TensorProto tensor)
    {
        if (NameOf(node, place).Length == 0) return false;
        var light = node.Operator.Elementwise || node.Type is "Concat" or "Expand" or "Gather";
        return !light || (tensor.Dims.Aggregate(1L, (product, size) => product * size) > 1 && BehindWeights.Contains(node));
    }

    private static string NameOf(OnnxNode node, int place)
    {
        var names = node.Operator.Weights;
        return names.Count == 0 ? "" : place < names.Count ? names[place] : node.Type == "Concat" ? names[^1] : "";
    }

    private HashSet<OnnxNode> BehindWeights
    {
        get
        {
            if (field is not null) return field;
            field = [];
            var known = new HashSet<string>();
            foreach (var node in Nodes.Where(OfImages.Contains))
            {
                if (node.Operator.Role is not (NodeRole.Convolution or NodeRole.Linear) && !node.Inputs.Any(known.Contains)) continue;
                if (node.Inputs.Any(known.Contains)) field.Add(node);
                known.UnionWith(node.Outputs);
            }

            return field;
        }
    }
}
