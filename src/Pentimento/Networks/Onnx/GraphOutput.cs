using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>The output of an ONNX graph: which value holds the logits, and which the last linear layer reads.</summary>
/// <remarks>Probabilities at the end are left off, because objectives, attacks and attributions work on logits.</remarks>
internal sealed record GraphOutput(
    string Output, string Features, long[]? FeatureShape, int Classes, IReadOnlyList<Node> Nodes, Func<Tensor, Tensor, bool>? PutLast)
{
    /// <summary>Finds the end of a graph.</summary>
    /// <exception cref="BadInputException">Its output is no row of answers for each image.</exception>
    public static GraphOutput Of(
        WeightPlan plan, ShapeProbe probe, IReadOnlyDictionary<OnnxNode, WeightTable> tables, Func<string, string> valueOf)
    {
        var makers = MakersOf(plan);
        Require.That(makers.ContainsKey(plan.Output), $"{plan.Nodes[^1].File}: its output '{plan.Output}' does not depend on the images.");
        var logits = LogitsOf(plan.Output, makers);
        var shape = probe.ShapeOf(logits);
        var classes = shape.Length < 2 ? 0 : shape[1..].Aggregate(1L, (product, size) => product * size);
        Require.That(
            classes is > 0 and <= 1 << 20,
            $"{plan.Nodes[^1].File}: its output '{plan.Output}' has the shape ({string.Join(", ", shape)}); expected logits (N, K).");
        var linear = LastLinearOf(logits, makers);
        var features = linear is null
            ? makers[logits].Inputs.First(value => value == plan.Input.Name || makers.ContainsKey(value))
            : ImageInputOf(linear, makers, plan);
        while (makers.TryGetValue(features, out var maker) && maker.Type is "Dropout" or "Identity") features = maker!.Inputs[0];
        List<Node> nodes = [];
        var output = valueOf(logits);
        if (shape.Length != 2)
        {
            nodes.Add(new("logits", NodeRole.Passage, [output], ["logits"], (inputs, _) => [inputs[0]!.flatten(1)]) { Maps = false, Implied = true });
            output = "logits";
        }

        var put = linear is null ? null : Put(linear, plan, tables, makers);
        return new(output, valueOf(features), probe.ShapeOf(features)[1..], (int)classes, nodes, put);
    }

    /// <summary>The last linear map or convolution, as far as only additions and other arrangements follow; null where features do.</summary>
    public static OnnxNode? LastLinearOf(WeightPlan plan)
    {
        var makers = MakersOf(plan);
        return LastLinearOf(LogitsOf(plan.Output, makers), makers);
    }

    private static Dictionary<string, OnnxNode> MakersOf(WeightPlan plan) =>
        plan.Nodes.Where(plan.OfImages.Contains).SelectMany(node => node.Outputs.Select(output => (output, node)))
            .Where(pair => pair.output.Length > 0).ToDictionary(pair => pair.output, pair => pair.node);

    private static string LogitsOf(string output, Dictionary<string, OnnxNode> makers)
    {
        while (makers.TryGetValue(output, out var node) && node.Type is "Softmax" or "LogSoftmax" or "Identity"
            && makers.ContainsKey(node.Inputs[0]))
            output = node.Inputs[0];
        return output;
    }

    private static OnnxNode? LastLinearOf(string value, Dictionary<string, OnnxNode> makers)
    {
        while (makers.TryGetValue(value, out var node))
        {
            if (node.Operator.Role is NodeRole.Linear or NodeRole.Convolution) return node;
            var passes = node.Operator.Role == NodeRole.Passage
                || node.Type is "Add" or "GlobalAveragePool" or "ReduceMean" or "AveragePool" or "Relu";
            if (!passes || node.Inputs.Count(makers.ContainsKey) != 1) return null;
            value = node.Inputs.First(makers.ContainsKey);
        }

        return null;
    }

    private static string ImageInputOf(OnnxNode node, Dictionary<string, OnnxNode> makers, WeightPlan plan) =>
        node.Inputs.FirstOrDefault(makers.ContainsKey) ?? plan.Input.Name;

    /// <summary>Puts weights into the last linear map, in whichever order the file keeps them.</summary>
    private static Func<Tensor, Tensor, bool>? Put(
        OnnxNode node, WeightPlan plan, IReadOnlyDictionary<OnnxNode, WeightTable> tables, Dictionary<string, OnnxNode> makers)
    {
        if (node.Operator.Role != NodeRole.Linear || !tables.TryGetValue(node, out var table)) return null;
        var transposed = node.Type == "Gemm" && node.Int("transB", 0) != 0;
        var adding = node.Type == "Gemm"
            ? node
            : makers.Values.FirstOrDefault(other => other.Type == "Add" && other.Inputs.Contains(node.Outputs[0]));
        if (adding is null || !tables.TryGetValue(adding, out var shifts) || !plan.Weights.Values.Contains((adding, "bias"))) return null;
        return (weight, bias) =>
        {
            table["weight"].copy_(transposed ? weight : weight.t());
            shifts["bias"].copy_(bias.view(shifts["bias"].shape));
            return true;
        };
    }
}
