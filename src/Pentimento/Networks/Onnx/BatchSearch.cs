using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Undoes a batch that was written into the shapes of a graph, so that it takes any number of images.</summary>
/// <remarks>
/// This software's way. Two batches are run alone and as one, node by node; every value of the two together must be made up of those of each. Where a
/// shape leaves open which dimension the batch belongs to, one is tried, and another when a later value does not agree. What is found is
/// therefore not only computable: images in company answer as they do alone.
/// </remarks>
internal sealed class BatchSearch
{
    private const int Batches = 2;
    private const int MostTries = 4096;
    private readonly WeightPlan plan;
    private readonly ImageInput input;
    private readonly IReadOnlyDictionary<string, Tensor> given;
    private readonly List<OnnxNode> nodes;
    private readonly List<Dictionary<string, Tensor>> alone = [];
    private readonly Dictionary<string, Tensor> together;
    private readonly Dictionary<string, BatchLayout?> layouts = [];
    private readonly Stack<(int At, Queue<int> Axes)> open = [];
    private string failed = "";

    private BatchSearch(WeightPlan plan, ImageInput input, IReadOnlyDictionary<string, Tensor> given)
    {
        (this.plan, this.input, this.given) = (plan, input, given);
        nodes = [.. plan.Nodes.Where(plan.OfImages.Contains)];
        using var generator = new Seed(0).On(CPU);
        var images = rand([Batches, input.Batch, input.Shape.Channels, input.Shape.Height, input.Shape.Width], generator: generator);
        for (var at = 0; at < Batches; at++) alone.Add(Values(images[at]));
        together = Start(images.flatten(0, 1));
        layouts[plan.Input.Name] = new(0, 1);
    }

    /// <summary>Finds the shapes, and tells the nodes.</summary>
    /// <exception cref="BadInputException">There are none with which images in company answer as they do alone.</exception>
    public static void Run(WeightPlan plan, ImageInput input, IReadOnlyDictionary<string, Tensor> given)
    {
        if (input.Batch == 0 || !plan.Nodes.Any(node => plan.OfImages.Contains(node) && node.Type == "Reshape")) return;
        using var scope = NewDisposeScope();
        var search = new BatchSearch(plan, input, given);
        var file = plan.Nodes[^1].File;
        Require.That(
            search.Finds(),
            $"{file} was written for a batch of {input.Batch}, which cannot be undone at the node '{search.failed}'; export it with a dynamic batch, "
                + $"in PyTorch dynamic_axes={{'{plan.Input.Name}': {{0: 'N'}}}}.");
    }

    private bool Finds()
    {
        var (at, tries) = (0, 0);
        while (at < nodes.Count)
        {
            if (nodes[at].Type == "Reshape" && nodes[at].Batch is null) Offer(at);
            if (Agrees(nodes[at]))
            {
                at++;
                continue;
            }

            failed = nodes[at].Name;
            if (++tries > MostTries || !Returns(ref at)) return false;
        }

        return layouts[plan.Output] is { Axis: 0, Before: 1 } or null;
    }

    /// <summary>Takes the likeliest dimension of a shape, and keeps the others in mind.</summary>
    private void Offer(int at)
    {
        var node = nodes[at];
        if (layouts.GetValueOrDefault(node.Inputs[0]) is not { } layout) return;
        var written = alone[0][node.Outputs[0]].shape;
        var axes = new Queue<int>(FixedBatch.Axes(written, layout.Outside(alone[0][node.Inputs[0]].shape), input.Batch));
        if (axes.Count == 0) return;
        node.Batch = new(written, axes.Dequeue(), Constant: node.Inputs.Count < 2 || given.ContainsKey(node.Inputs[1]));
        if (axes.Count > 0) open.Push((at, axes));
    }

    /// <summary>Goes back to the last shape that leaves another dimension to try.</summary>
    private bool Returns(ref int at)
    {
        if (!open.TryPop(out var choice)) return false;
        foreach (var later in nodes[(choice.At + 1)..]) later.Batch = null;
        nodes[choice.At].Batch = nodes[choice.At].Batch! with { Axis = choice.Axes.Dequeue() };
        if (choice.Axes.Count > 0) open.Push(choice);
        at = choice.At;
        return true;
    }

    private bool Agrees(OnnxNode node)
    {
        using var scope = NewDisposeScope();
        IReadOnlyList<Tensor> results;
        try
        {
            results = node.Run([.. node.Inputs.Select(value => value.Length == 0 ? null : together[value])], null);
        }
        catch (BadInputException)
        {
            return false;
        }

        foreach (var (output, result) in node.Outputs.Zip(results).Where(pair => pair.First.Length > 0))
        {
            together[output] = result.MoveToOuterDisposeScope();
            layouts[output] = null;
            // Whole numbers are sizes and places, which may well grow with the batch.
            if (!result.is_floating_point()) continue;
            if (!BatchLayout.Find(result, [.. alone.Select(values => values[output])], out var layout)) return false;
            layouts[output] = layout;
        }

        return true;
    }

    private Dictionary<string, Tensor> Start(Tensor images) => new(given) { [plan.Input.Name] = input.Arranged(images) };

    private Dictionary<string, Tensor> Values(Tensor images)
    {
        var values = Start(images);
        foreach (var node in nodes)
        {
            var results = node.Run([.. node.Inputs.Select(value => value.Length == 0 ? null : values[value])], null);
            foreach (var (output, result) in node.Outputs.Zip(results).Where(pair => pair.First.Length > 0)) values[output] = result;
        }

        return values;
    }
}
