using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Shape inference by one run of a graph over black images: the shape of every value, which of them are maps, and which whole numbers do
/// not depend on how many images there are.</summary>
internal sealed class ShapeProbe
{
    private readonly Dictionary<string, long[]> shapes = [];
    private readonly HashSet<string> maps = [];
    private readonly HashSet<string> channelsLast = [];
    private HashSet<OnnxNode> folded = [];

    /// <summary>Whole numbers that are the same for any number of images, by value.</summary>
    public Dictionary<string, Tensor> Folded { get; } = [];

    /// <summary>The shape of a value for the probe's images.</summary>
    public long[] ShapeOf(string value) => shapes[value];

    /// <summary>Whether a value is (N, C, H, W).</summary>
    public bool IsMaps(string value) => maps.Contains(value);

    /// <summary>Whether a value is (N, H, W, C) where others would keep (N, C, H, W).</summary>
    public bool IsChannelsLast(string value) => channelsLast.Contains(value);

    /// <summary>Leaves a value as the file has it, whatever its layout.</summary>
    public void Leave(string value) => channelsLast.Remove(value);

    /// <summary>Whether a node needs not run, because all that it computes is known.</summary>
    internal bool IsFolded(OnnxNode node) => folded.Contains(node);

    /// <summary>Runs the graph; twice where it computes with sizes.</summary>
    /// <param name="plan">The graph.</param>
    /// <param name="input">Which images it takes.</param>
    /// <param name="given">All that is known without images.</param>
    /// <exception cref="BadInputException">A node cannot be computed.</exception>
    internal static ShapeProbe Run(WeightPlan plan, ImageInput input, IReadOnlyDictionary<string, Tensor> given)
    {
        var probe = new ShapeProbe();
        var one = probe.Values(plan, input, given, Math.Max(1, input.Batch), first: true);
        BatchSearch.Run(plan, input, given);
        if (one.Count > 0)
        {
            var more = probe.Values(plan, input, given, 3 * Math.Max(1, input.Batch), first: false);
            foreach (var (value, whole) in one)
            {
                if (more.TryGetValue(value, out var other) && other.shape.SequenceEqual(whole.shape) && other.equal(whole).all().item<bool>())
                    probe.Folded[value] = whole;
            }

            probe.folded = [.. plan.OfImages.Where(node => node.Outputs.All(output => output.Length == 0 || probe.Folded.ContainsKey(output)))];
        }

        return probe;
    }

    /// <summary>Runs every node; the results are the small tensors of whole numbers and truth values.</summary>
    private Dictionary<string, Tensor> Values(
        WeightPlan plan, ImageInput input, IReadOnlyDictionary<string, Tensor> given, long batch, bool first)
    {
        const long Small = 1 << 16;
        using var scope = NewDisposeScope();
        var values = new Dictionary<string, Tensor>(given)
        {
            [plan.Input.Name] = input.Arranged(zeros([batch, input.Shape.Channels, input.Shape.Height, input.Shape.Width])),
        };
        var last = LastUses(plan);
        shapes[plan.Input.Name] = values[plan.Input.Name].shape;
        if (input.Layout == ImageLayout.ChannelsFirst) maps.Add(plan.Input.Name);
        var whole = new Dictionary<string, Tensor>();
        foreach (var node in plan.Nodes.Where(plan.OfImages.Contains))
        {
            using var inner = NewDisposeScope();
            var results = node.Run([.. node.Inputs.Select(value => value.Length == 0 ? null : values[value])], null);
            foreach (var (output, result) in node.Outputs.Zip(results).Where(pair => pair.First.Length > 0))
            {
                values[output] = result.MoveToOuterDisposeScope();
                if (!result.is_floating_point() && result.numel() <= Small) whole[output] = result;
                if (!first) continue;
                shapes[output] = result.shape;
                if (result.dim() == 4 && result.is_floating_point()) Lay(node, output);
            }

            foreach (var value in last[node].Where(value => !whole.ContainsKey(value)))
            {
                if (values.Remove(value, out var done)) done.Dispose();
            }
        }

        foreach (var tensor in whole.Values) tensor.MoveToOuterDisposeScope();
        return whole;
    }

    private void Lay(OnnxNode node, string output)
    {
        if (MapLayout.IsChannelsFirst(node, maps.Contains, ShapeOf)) maps.Add(output);
        else if (MapLayout.IsChannelsLast(node, maps.Contains, channelsLast.Contains, ShapeOf, shapes[output])) channelsLast.Add(output);
    }

    /// <summary>The values of images that each node is the last to read.</summary>
    private static ILookup<OnnxNode, string> LastUses(WeightPlan plan)
    {
        var last = new Dictionary<string, OnnxNode>();
        var ofImages = plan.Nodes.Where(plan.OfImages.Contains).ToList();
        foreach (var node in ofImages)
        {
            foreach (var value in node.Outputs.Concat(node.Inputs)) last[value] = node;
        }

        var computed = ofImages.SelectMany(node => node.Outputs).Where(value => value.Length > 0).ToHashSet();
        return last.Where(pair => computed.Contains(pair.Key)).ToLookup(pair => pair.Value, pair => pair.Key);
    }
}
