using global::Onnx;

namespace Pentimento.Networks.Onnx;

/// <summary>Graphs whose last linear map or convolution answers with another number of classes.</summary>
internal static class OnnxHead
{
    /// <summary>The graph with other sizes of the last weights, whose values are left out.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="before">How many classes it answers with.</param>
    /// <param name="classes">How many it is to answer with.</param>
    /// <exception cref="BadInputException">The last weights do not say where classes are.</exception>
    public static OnnxModel With(OnnxModel model, int before, int classes)
    {
        var plan = new WeightPlan(model);
        var nodes = plan.Nodes.Where(plan.OfImages.Contains).ToList();
        var last = nodes.FindLastIndex(node => node.Operator.Role is NodeRole.Linear or NodeRole.Convolution);
        Require.That(last >= 0, $"{model.Name} has no linear map or convolution whose outputs could become {classes} classes.");
        var changed = new ModelProto(model.Proto);
        var tensors = OnnxInitializers.Of(changed.Graph).ToDictionary(pair => pair.Value, pair => pair.Tensor);
        foreach (var (value, owner) in plan.Weights.Where(pair => nodes.IndexOf(pair.Value.Owner) >= last))
        {
            var axis = AxisOf(nodes[last], value, tensors[value], before);
            if (axis < 0 && owner.Owner != nodes[last]) continue;
            Require.That(
                axis >= 0,
                $"{model.Name}: the weight '{value}' of its last layer '{nodes[last].Name}' has no dimension of its {before} classes, so it "
                    + $"cannot get "
                    + $"{classes}.");
            Clear(tensors[value]);
            tensors[value].Dims[axis] = classes;
        }

        Rename(changed, before, classes);
        return model.With(changed);
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
