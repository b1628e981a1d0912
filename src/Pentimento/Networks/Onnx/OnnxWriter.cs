using Google.Protobuf;
using global::Onnx;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;
using DataType = global::Onnx.TensorProto.Types.DataType;

namespace Pentimento.Networks.Onnx;

/// <summary>Networks as ONNX: one that came from a file goes back as the same graph with its weights of now and what was put in as nodes
/// of its own; any other is written layer by layer for opset 17.</summary>
internal static class OnnxWriter
{
    private const int Opset = 17;

    /// <summary>The key under which a file keeps the preprocessing.</summary>
    public const string PreprocessKey = "preprocess";

    /// <summary>Who wrote a file, where it was this software.</summary>
    public const string Producer = "pentimento";

    /// <summary>Writes a file.</summary>
    /// <exception cref="BadInputException">Something in the network has no ONNX form.</exception>
    public static void Write(string file, Classifier network, string recipe)
    {
        var model = Model(network, recipe);
        SafeFile.Write(file, stream => model.WriteTo(stream));
    }

    /// <summary>The network as a message.</summary>
    public static ModelProto Model(Classifier network, string recipe)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var model = NestedGraph.Find(network.Architecture)?.Model is { } read ? Same(network, read) : New(network);
        Put(model, PreprocessKey, Nested.Around<Preprocessed>(network.Architecture)?.Steps);
        Put(model, "class-names", network.ClassNames.Count > 0 ? ClassNames.Write(network.ClassNames) : null);
        Put(model, "recipe", recipe.Length > 0 ? recipe : null);
        return model;
    }

    private static ModelProto Same(Classifier network, OnnxModel read)
    {
        var model = new ModelProto(read.Proto);
        var plan = new WeightPlan(read);
        var sources = network.Graph.Sources;
        foreach (var (value, tensor) in OnnxInitializers.Of(model.Graph))
        {
            if (plan.Weights.ContainsKey(value)) Fill(tensor, sources[value]());
            else if (tensor.DataLocation == TensorProto.Types.DataLocation.External) Embed(tensor, read);
        }

        Insert(network.Graph, model.Graph, plan.Input.Name, read.Opset);
        return model;
    }

    private static void Fill(TensorProto tensor, Tensor values)
    {
        var floats = values.detach().cpu().to_type(float32).contiguous().data<float>().ToArray();
        tensor.FloatData.Clear();
        tensor.DoubleData.Clear();
        tensor.Int32Data.Clear();
        tensor.ExternalData.Clear();
        tensor.DataLocation = TensorProto.Types.DataLocation.Default;
        tensor.RawData = ByteString.CopyFrom(OnnxTensor.Bytes(floats, tensor.DataType));
    }

    private static void Embed(TensorProto tensor, OnnxModel read)
    {
        var count = tensor.Dims.Aggregate(1L, (product, size) => product * size);
        tensor.RawData = ByteString.CopyFrom(ExternalData.Read(tensor, read.Name, read.Folder, count * OnnxTensor.SizeOf(tensor.DataType)));
        tensor.ExternalData.Clear();
        tensor.DataLocation = TensorProto.Types.DataLocation.Default;
    }

    /// <summary>Writes the nodes that the file does not have behind the values that they read.</summary>
    private static void Insert(Graph network, GraphProto graph, string input, int opset)
    {
        var names = new Dictionary<string, string> { [Graph.Images] = input };
        var turned = network.Nodes.Where(node => node.IsChannelsLast).Select(node => node.Outputs[0]).ToHashSet();
        foreach (var node in network.Nodes)
        {
            for (var at = 0; at < node.Outputs.Count; at++)
            {
                if (node.Origin is { } origin) names[node.Outputs[at]] = origin[at];
                else if (node.Implied) names[node.Outputs[at]] = names[node.Inputs[0]];
            }

            if (node.Origin is not null || node.Implied) continue;
            names[node.Outputs[0]] = Behind(node, names, graph, opset, turned.Contains(node.Inputs[0]));
            if (turned.Contains(node.Inputs[0])) turned.Add(node.Outputs[0]);
        }
    }

    private static string Behind(Node node, Dictionary<string, string> names, GraphProto graph, int opset, bool turned)
    {
        var before = names[node.Inputs[0]];
        var readers = graph.Node.Where(reader => reader.Input.Contains(before)).ToList();
        var builder = new OnnxBuilder(graph) { Opset = opset, At = graph.Node.ToList().FindIndex(other => other.Output.Contains(before)) + 1 };
        string Form(string first) => Formed(node, builder, [first, .. node.Inputs.Skip(1).Select(value => names[value])]);
        var after = turned ? ChannelsLast.Write(node.Name, builder, before, Form) : Form(before);
        foreach (var reader in readers)
        {
            for (var at = 0; at < reader.Input.Count; at++)
            {
                if (reader.Input[at] == before) reader.Input[at] = after;
            }
        }

        foreach (var output in graph.Output.Where(output => output.Name == before)) output.Name = after;
        return after;
    }

    private static string Formed(Node node, OnnxBuilder builder, IReadOnlyList<string> inputs) =>
        (node.Form ?? throw new BadInputException(
            $"'{node.Name}' has no ONNX form, so the network cannot be written as ONNX; safetensors keep it."))(builder, inputs);

    private static ModelProto New(Classifier network)
    {
        var graph = new GraphProto { Name = Catalog.Write(network.Architecture).Split(':')[0] };
        graph.Input.Add(Value(Graph.Images, network.Shape.Channels, network.Shape.Height, network.Shape.Width));
        var builder = new OnnxBuilder(graph) { Opset = Opset };
        var names = new Dictionary<string, string> { [Graph.Images] = Graph.Images };
        foreach (var node in network.Graph.Nodes)
        {
            var inputs = node.Inputs.Select(value => names[value]).ToList();
            foreach (var output in node.Outputs) names[output] = node.Implied ? inputs[0] : Formed(node, builder, inputs);
        }

        graph.Output.Add(Value(names[network.Graph.Output], network.Classes));
        var model = new ModelProto { IrVersion = 8, ProducerName = Producer, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        return model;
    }

    private static ValueInfoProto Value(string name, params long[] sizes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        foreach (var size in sizes) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)DataType.Float, Shape = shape } } };
    }

    private static void Put(ModelProto model, string key, string? value)
    {
        var others = model.MetadataProps.Where(entry => entry.Key != key).ToList();
        model.MetadataProps.Clear();
        model.MetadataProps.AddRange(others);
        if (value is not null) model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    }
}
