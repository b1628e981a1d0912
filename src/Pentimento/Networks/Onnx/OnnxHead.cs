using global::Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Pentimento.Networks.Onnx;

/// <summary>Graphs that answer with another number of classes: by their last linear map or convolution, or by one behind their features.</summary>
internal static class OnnxHead
{
    /// <summary>The graph with other sizes of the last weights, or with a linear map behind it where it ends in features.</summary>
    /// <remarks>Values of new weights are left out. A graph ends in features where its last weights are no linear map of them to classes: behind
    /// the sum of a residual block, behind batch normalisation, or where no dimension of the weights is that of the classes.</remarks>
    /// <param name="model">The graph.</param>
    /// <param name="before">How many classes it answers with.</param>
    /// <param name="classes">How many it is to answer with.</param>
    public static OnnxModel With(OnnxModel model, int before, int classes)
    {
        var plan = new WeightPlan(model);
        var changed = new ModelProto(model.Proto);
        var last = GraphOutput.LastLinearOf(plan);
        if (last is null || !Resized(changed, plan, last, before, classes)) Append(changed.Graph, plan.Output, before, classes, model.Opset);
        Rename(changed, before, classes);
        return model.With(changed);
    }

    /// <summary>Gives the last weights another number of classes.</summary>
    /// <returns>Whether they are of as many as the graph answers with.</returns>
    private static bool Resized(ModelProto changed, WeightPlan plan, OnnxNode last, int before, int classes)
    {
        var tensors = OnnxInitializers.Of(changed.Graph).ToDictionary(pair => pair.Value, pair => pair.Tensor);
        var behind = plan.Nodes.Where(plan.OfImages.Contains).SkipWhile(node => node != last).ToHashSet();
        var weights = plan.Weights.Where(pair => behind.Contains(pair.Value.Owner))
            .Select(pair => (pair.Value.Owner, Tensor: tensors[pair.Key], Axis: AxisOf(last, pair.Key, tensors[pair.Key], before))).ToList();
        if (!weights.Any(weight => weight.Owner == last) || weights.Any(weight => weight.Axis < 0 && weight.Owner == last)) return false;
        foreach (var (_, tensor, axis) in weights.Where(weight => weight.Axis >= 0))
        {
            Clear(tensor);
            tensor.Dims[axis] = classes;
        }

        return true;
    }

    /// <summary>Puts a linear map behind the output, which it reads as features.</summary>
    private static void Append(GraphProto graph, string output, int features, int classes, int opset)
    {
        using var scope = NewDisposeScope();
        var first = graph.Initializer.Count;
        var builder = new OnnxBuilder(graph) { Opset = opset };
        var logits = builder.Linear("head", Linear(features, classes), output, activation: null);
        foreach (var tensor in graph.Initializer.Skip(first)) Clear(tensor);
        var shape = new TensorShapeProto();
        shape.Dim.Add(graph.Output[0].Type?.TensorType?.Shape?.Dim.FirstOrDefault() ?? new());
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = classes });
        graph.Output.Clear();
        graph.Output.Add(new ValueInfoProto
        {
            Name = logits,
            Type = new() { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } },
        });
    }

    private static int AxisOf(OnnxNode last, string value, TensorProto tensor, int before)
    {
        var known = (last.Type, last.Inputs.ToList().IndexOf(value)) switch
        {
            ("Gemm", 1) => last.Int("transB", 0) != 0 ? 0 : 1,
            ("MatMul", 1) => tensor.Dims.Count - 1,
            ("Conv", 1) => 0,
            _ => Enumerable.Range(0, tensor.Dims.Count).LastOrDefault(axis => tensor.Dims[axis] == before, -1),
        };
        return known >= 0 && tensor.Dims[known] == before ? known : -1;
    }

    private static void Clear(TensorProto tensor)
    {
        tensor.RawData = Google.Protobuf.ByteString.Empty;
        tensor.FloatData.Clear();
        tensor.DoubleData.Clear();
        tensor.Int32Data.Clear();
        tensor.ExternalData.Clear();
        tensor.DataLocation = TensorProto.Types.DataLocation.Default;
    }

    /// <summary>What the file says of its values' shapes and its classes' names no longer holds.</summary>
    private static void Rename(ModelProto model, int before, int classes)
    {
        model.Graph.ValueInfo.Clear();
        foreach (var dimension in model.Graph.Output.SelectMany(output => output.Type?.TensorType?.Shape?.Dim ?? []))
        {
            if (dimension.DimValue == before) dimension.DimValue = classes;
        }

        var others = model.MetadataProps.Where(entry => !ClassNames.Keys.Contains(entry.Key)).ToList();
        model.MetadataProps.Clear();
        model.MetadataProps.AddRange(others);
    }
}
