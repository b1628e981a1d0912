using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Builds a network of an ONNX graph: constants are folded, weights registered, every node of the images becomes a cut.</summary>
internal sealed class OnnxReader
{
    private readonly OnnxModel model;
    private readonly WeightPlan plan;
    private readonly Dictionary<string, Tensor> constants = [];
    private readonly Dictionary<OnnxNode, WeightTable> tables = [];
    private readonly Dictionary<string, Func<Tensor>> sources = [];
    private readonly Dictionary<string, string> values = [];

    private OnnxReader(OnnxModel model) => (this.model, plan) = (model, new(model));

    /// <summary>Builds the network in evaluation mode; the caller disposes it.</summary>
    /// <param name="model">The file.</param>
    /// <param name="architecture">The record under whose name it is built.</param>
    /// <param name="shape">The size of images where the file leaves it open; null for the usual one.</param>
    /// <param name="fresh">Decides new weights; null for the file's.</param>
    /// <exception cref="BadInputException">The graph is malformed, or something in it is not supported.</exception>
    public static Classifier Read(OnnxModel model, Architecture architecture, ImageShape? shape = null, Seed? fresh = null)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var reader = new OnnxReader(model);
        return reader.Build(architecture, shape, fresh);
    }

    private Classifier Build(Architecture architecture, ImageShape? shape, Seed? fresh)
    {
        var input = ImageInput.Of(model.Name, plan.Input, shape);
        TakeTensors(fresh);
        FoldConstants();
        var probe = ShapeProbe.Run(plan, input, Given());
        var kept = Keep(probe);
        var nodes = new List<Node>();
        input.Arrange(nodes);
        values[plan.Input.Name] = nodes.Count == 0 ? Graph.Images : nodes[^1].Outputs[0];
        foreach (var node in plan.Nodes.Where(node => plan.OfImages.Contains(node) && !probe.IsFolded(node)))
        {
            foreach (var (output, at) in node.Outputs.Select((output, at) => (output, at)).Where(pair => pair.output.Length > 0))
                values[output] = at == 0 ? plan.Names[node] : $"{plan.Names[node]}:{at}";
        }

        var ending = GraphOutput.Of(plan, probe, tables, value => values[value]);
        foreach (var value in values.Where(pair => pair.Value == ending.Features || pair.Value == ending.Output)) probe.Leave(value.Key);
        nodes.AddRange(plan.Nodes
            .Where(node => plan.OfWeights.Contains(node) || (plan.OfImages.Contains(node) && !probe.IsFolded(node)))
            .Select(node => Of(node, probe)));
        nodes.AddRange(ending.Nodes);
        var graph = new Graph(nodes, ending.Output, ending.Features, sources)
        {
            FeatureShape = ending.FeatureShape,
            PutLast = ending.PutLast,
            Constants = kept,
        };
        return new(architecture, input.Shape, ending.Classes, graph) { ClassNames = ClassNames.Of(model.Metadata, ending.Classes) };
    }

    /// <summary>Reads the file's tensors: weights go to their nodes, the rest are constants.</summary>
    private void TakeTensors(Seed? fresh)
    {
        var read = new HashSet<string>(plan.Nodes.SelectMany(node => node.Inputs));
        foreach (var (value, proto) in plan.Tensors.Where(pair => read.Contains(pair.Key)))
        {
            if (!plan.Weights.TryGetValue(value, out var place))
            {
                constants[value] = OnnxTensor.Read(proto, model.Name, model.Folder);
                continue;
            }

            var weight = fresh is null
                ? OnnxTensor.Read(proto, model.Name, model.Folder).to_type(float32)
                : InitialWeights.Of(proto, place.Name, plan.Names[place.Owner], model.Name, fresh.Value);
            if (weight.dim() is 4 && place.Owner.Operator.Role == NodeRole.Convolution) Weights.ChannelsLast(weight);
            if (!tables.TryGetValue(place.Owner, out var table)) tables[place.Owner] = table = new();
            table.Add(place.Name, weight, place.Name.StartsWith("running_", StringComparison.Ordinal) ? WeightKind.Counted : WeightKind.Learns);
            sources[value] = () => table[place.Name];
        }
    }

    private void FoldConstants()
    {
        foreach (var node in plan.Nodes.Where(node => !plan.OfImages.Contains(node) && !plan.OfWeights.Contains(node)))
        {
            if (node.Outputs.All(constants.ContainsKey)) continue;
            var results = node.Run([.. node.Inputs.Select(Constant)], null);
            foreach (var (output, result) in node.Outputs.Zip(results)) constants[output] = result;
        }
    }

    private Tensor? Constant(string value) => value.Length == 0 ? null : constants.TryGetValue(value, out var found) ? found : sources[value]();

    /// <summary>All that is known without images, what is computed of weights included.</summary>
    private Dictionary<string, Tensor> Given()
    {
        var given = new Dictionary<string, Tensor>(constants);
        foreach (var (value, source) in sources) given[value] = source();
        foreach (var node in plan.Nodes.Where(plan.OfWeights.Contains))
        {
            var results = node.Run([.. node.Inputs.Select(input => input.Length == 0 ? null : given[input])], null);
            foreach (var (output, result) in node.Outputs.Zip(results)) given[output] = result;
        }

        return given;
    }

    /// <summary>Keeps the constants that nodes read while they run: numbers move with the network, whole numbers stay on the CPU.</summary>
    private WeightTable Keep(ShapeProbe probe)
    {
        var kept = new WeightTable();
        var running = plan.Nodes.Where(node => plan.OfImages.Contains(node) || plan.OfWeights.Contains(node));
        var read = running.SelectMany(node => node.Inputs).ToHashSet();
        foreach (var (value, whole) in probe.Folded) constants[value] = whole;
        foreach (var (value, constant) in constants)
        {
            if (sources.ContainsKey(value) || !read.Contains(value)) continue;
            var name = $"constant{sources.Count}";
            if (constant.is_floating_point() || constant.dtype == ScalarType.Bool)
            {
                kept.Add(name, constant.contiguous(), WeightKind.Constant);
                sources[value] = () => kept[name];
            }
            else
            {
                var whole = constant.contiguous().DetachFromDisposeScope();
                sources[value] = () => whole;
            }
        }

        return kept;
    }

    private Node Of(OnnxNode node, ShapeProbe probe)
    {
        var ofImages = plan.OfImages.Contains(node);
        string Value(string name) => values.GetValueOrDefault(name, name);
        var first = node.Outputs.First(output => output.Length > 0);
        return new(ofImages ? plan.Names[node] : first, node.Operator.Role, [.. node.Inputs.Select(Value)], [.. node.Outputs.Select(Value)],
            ChannelsLast.Around(node, probe, (inputs, network) =>
                node.Run(node.Type == "BatchNormalization" ? inputs : Precisions.Aligned(inputs), network)))
        {
            Module = tables.GetValueOrDefault(node),
            Maps = ofImages && (probe.IsMaps(first) || probe.IsChannelsLast(first)),
            IsChannelsLast = probe.IsChannelsLast(first),
            Rectified = node.Type == "Relu",
            Halves = node.Type == "MaxPool" && Windows.Halve(node),
            KeepsImage = node.Operator.KeepsImage,
            Origin = node.Outputs,
            Filters = node.Type == "Conv" ? given => new(given[1]!, given.ElementAtOrDefault(2), (x, w, b) => node.Run([x, w, b], null)[0]) : null,
            Affine = node.Type == "BatchNormalization"
                ? given => Layer.Folded(given[1]!, given[2]!, given[3]!, given[4]!, node.Float("epsilon", 1e-5))
                : null,
        };
    }
}
