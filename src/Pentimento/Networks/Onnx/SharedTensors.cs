using global::Onnx;
using TorchSharp;

namespace Pentimento.Networks.Onnx;

/// <summary>Separates parameters that a file keeps as one tensor because their values were equal when it was exported.</summary>
/// <remarks>
/// PyTorch's exporter writes equal tensors once and hands them to the others through <c>Identity</c> nodes, which it calls as the parameters:
/// scales, shifts and statistics of batch normalisations that were not trained yet, biases of zeros, layers that are copies. Those are
/// parameters of their own, and each gets a tensor of its own. A tensor that nodes name directly is one parameter, tied as it was in the
/// framework; only where a batch normalisation takes it for a statistic that something else takes for a weight, which no framework ties, an
/// exporter has merged equal values without a trace, and each node gets its own.
/// </remarks>
internal sealed class SharedTensors
{
    private const int MostTimes = 16;
    private const double Allowance = 64 << 20;
    private const int LastVersionWithInputs = 3;

    private readonly GraphProto graph;
    private readonly string file;
    private readonly Dictionary<string, TensorProto> tensors = [];
    private readonly List<TensorProto> added = [];
    private double left;

    private SharedTensors(GraphProto graph, string file)
    {
        (this.graph, this.file) = (graph, file);
        foreach (var (value, tensor) in OnnxInitializers.Of(graph))
        {
            if (OnnxTensor.TypeOf(tensor.DataType) is torch.ScalarType.Float32 or torch.ScalarType.Float64) tensors[value] = tensor;
        }

        left = (MostTimes * tensors.Values.Sum(SizeOf)) + Allowance;
    }

    /// <summary>Separates the tensors of a graph in place: what was an <c>Identity</c> becomes an initialiser of the same name.</summary>
    /// <exception cref="BadInputException">The tensors would take far more than those of the file.</exception>
    public static void Separate(ModelProto model, string file)
    {
        var shared = new SharedTensors(model.Graph, file);
        shared.ReplaceIdentities();
        shared.SeparateStatistics();
        // Until then initialisers had to be inputs as well.
        if (model.IrVersion <= LastVersionWithInputs) model.Graph.Input.AddRange(shared.added.Select(InputOf));
    }

    private void ReplaceIdentities()
    {
        var uses = graph.Node.SelectMany(node => node.Input).CountBy(value => value).ToDictionary();
        var outputs = graph.Output.Select(output => output.Name).ToHashSet();
        var kept = new List<NodeProto>();
        foreach (var node in graph.Node)
        {
            var shares = node is { OpType: "Identity", Input.Count: 1, Output.Count: 1 } && tensors.ContainsKey(node.Input[0])
                && uses[node.Input[0]] > 1 && !tensors.ContainsKey(node.Output[0]) && !outputs.Contains(node.Output[0]);
            if (shares) Add(tensors[node.Input[0]], node.Output[0]);
            else kept.Add(node);
        }

        if (kept.Count == graph.Node.Count) return;
        graph.Node.Clear();
        graph.Node.AddRange(kept);
    }

    private void SeparateStatistics()
    {
        var uses = graph.Node
            .SelectMany(node => node.Input.Select((value, place) => (value, Node: node, Place: place)))
            .Where(use => tensors.ContainsKey(use.value)).ToLookup(use => use.value);
        var names = graph.Node.SelectMany(node => node.Output.Concat(node.Input)).Concat(tensors.Keys).ToHashSet();
        foreach (var shared in uses.Where(shared => shared.DistinctBy(use => StatisticOf(use.Node, use.Place)).Count() > 1).ToList())
        {
            foreach (var (at, (value, node, place)) in shared.Index().Skip(1))
            {
                var name = Enumerable.Range(at + 1, int.MaxValue - at).Select(number => $"{value}.{number}").First(names.Add);
                Add(tensors[value], name);
                node.Input[place] = name;
            }
        }
    }

    /// <summary>Which statistic of a batch normalisation an input is; 0 for any other input.</summary>
    private static int StatisticOf(NodeProto node, int place) => node.OpType == "BatchNormalization" && place is 3 or 4 ? place : 0;

    private void Add(TensorProto tensor, string name)
    {
        left -= SizeOf(tensor);
        Require.That(
            left >= 0, $"{file} shares its tensors so often that, each for itself, they would take more than {MostTimes} times what it holds.");
        var own = tensor.Clone();
        own.Name = name;
        graph.Initializer.Add(own);
        added.Add(own);
        tensors[name] = own;
    }

    private static double SizeOf(TensorProto tensor) =>
        tensor.Dims.Aggregate((double)OnnxTensor.SizeOf(tensor.DataType), (product, size) => product * Math.Max(0, size));

    private static ValueInfoProto InputOf(TensorProto tensor)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(tensor.Dims.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new() { Name = tensor.Name, Type = new() { TensorType = new() { ElemType = tensor.DataType, Shape = shape } } };
    }
}
