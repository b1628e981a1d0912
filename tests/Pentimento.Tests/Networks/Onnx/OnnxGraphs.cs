using Google.Protobuf;
using global::Onnx;
using Pentimento.Networks;
using static TorchSharp.torch;
using DataType = global::Onnx.TensorProto.Types.DataType;

namespace Pentimento.Tests.Networks.Onnx;

/// <summary>ONNX files made by hand.</summary>
internal static class OnnxGraphs
{
    /// <summary>A file of nodes that read <c>x</c>, float32 images of the sizes given (0 for any), and compute <c>y</c>.</summary>
    public static ModelProto Model(long[] sizes, Action<GraphProto> fill, int opset = 13)
    {
        var graph = new GraphProto { Name = "test" };
        graph.Input.Add(Value("x", sizes));
        graph.Output.Add(Value("y", 0, 0));
        fill(graph);
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        return model;
    }

    /// <summary>Adds a node.</summary>
    public static NodeProto Node(this GraphProto graph, string type, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = type, Name = $"{type}_{graph.Node.Count}" };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        graph.Node.Add(node);
        return node;
    }

    /// <summary>Adds float32 weights drawn from a stream of their own.</summary>
    public static string Weights(this GraphProto graph, string name, params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var dice = new Seed(11).For(name).On(CPU);
        return new OnnxBuilder(graph) { Opset = 13 }.Weight(name, randn(shape, generator: dice) * 0.3);
    }

    /// <summary>Adds whole numbers.</summary>
    public static string Numbers(this GraphProto graph, string name, params long[] values) =>
        new OnnxBuilder(graph) { Opset = 13 }.Numbers(name, values);

    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Ints(string name, params long[] values) => OnnxBuilder.Whole(name, values);

    public static ValueInfoProto Value(string name, params long[] sizes)
    {
        var shape = new TensorShapeProto();
        foreach (var size in sizes) shape.Dim.Add(size > 0 ? new TensorShapeProto.Types.Dimension { DimValue = size } : new() { DimParam = "any" });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)DataType.Float, Shape = shape } } };
    }
}
