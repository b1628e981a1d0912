using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse;

/// <summary>Activations of a set at a cut of a network, and logits computed from them.</summary>
internal static class CutActivations
{
    private const int Batch = 500;

    /// <summary>Activations as rows (N·H·W, C): of each image, of each place of its map, or of each of its tokens (N, T, C).</summary>
    public static Tensor Rows(Tensor activations) => activations.dim() switch
    {
        4 => activations.permute(0, 2, 3, 1).reshape(-1, activations.shape[1]),
        3 => activations.reshape(-1, activations.shape[2]),
        _ => activations.flatten(1),
    };

    /// <summary>Rows in the shape of the activations that they came from.</summary>
    public static Tensor Shape(Tensor rows, Tensor like) => like.dim() switch
    {
        4 => rows.view(like.shape[0], like.shape[2], like.shape[3], rows.shape[1]).permute(0, 3, 1, 2),
        3 => rows.view(like.shape[0], like.shape[1], rows.shape[1]),
        _ => rows,
    };

    /// <summary>Writes an edit of rows as ONNX: the dimension of a row comes last, and goes back to its place.</summary>
    /// <param name="network">The network before the edit.</param>
    /// <param name="layer">The cut.</param>
    /// <param name="name">What the result is called.</param>
    /// <param name="change">Writes the edit of values whose last dimension is a row's.</param>
    public static OnnxForm Form(Classifier network, string layer, string name, Func<OnnxBuilder, string, string> change) => (writer, inputs) =>
        Blank(network, layer).Dimensions == 4
            ? writer.Transposed(name, change(writer, writer.Transposed($"{name}.rows", inputs[0], 0, 2, 3, 1)), 0, 3, 1, 2)
            : change(writer, inputs[0]);

    /// <summary>C, the dimension of a row at a cut: the channels of maps, the neurons elsewhere.</summary>
    /// <exception cref="BadInputException">There is no such layer.</exception>
    public static long Inputs(Classifier network, string layer) => Blank(network, layer).Inputs;

    /// <summary>The number of locations of a feature map at a cut; 1 where there are no maps.</summary>
    /// <exception cref="BadInputException">There is no such layer.</exception>
    public static long Places(Classifier network, string layer) => Blank(network, layer).Places;

    private static (long Places, long Inputs, long Dimensions) Blank(Classifier network, string layer)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var activations = network.Head(
            zeros(1, network.Shape.Channels, network.Shape.Height, network.Shape.Width, device: network.parameters().First().device), layer);
        var rows = Rows(activations);
        return (rows.shape[0], rows.shape[1], activations.dim());
    }

    /// <summary>Runs a network up to a layer over a whole set, without gradients.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="set">The images.</param>
    /// <param name="layer">The cut.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <param name="take">Called with each batch's activations, inside a dispose scope of its own, and the index of its first image.</param>
    /// <exception cref="BadInputException">The images do not fit the network, or it has no such layer.</exception>
    public static void ForEach(Classifier network, ImageSet set, string layer, RunContext run, Action<Tensor, long> take)
    {
        Require.That(set.Shape == network.Shape, $"The network reads images of {network.Shape}, {set.Name} has {set.Shape}.");
        using var noGrad = no_grad();
        var size = BatchSize.Of(network, Batch, run);
        for (var start = 0L; start < set.Count; start += size)
        {
            using var inner = NewDisposeScope();
            take(network.Head(Pixels.Slice(set, start, size).to(run.Device.ToTorch()), layer), start);
            run.Report(new($"read {layer} of {set.Name}", Math.Min(start + size, set.Count), set.Count));
        }
    }

    /// <summary>The activations of a whole set: float32 (N, ...), channels-last in memory where they are maps.</summary>
    public static Tensor Store(Classifier network, ImageSet set, string layer, RunContext run)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        CutActivations.ForEach(network, set, layer, run, (activations, _) => parts.Add(activations.MoveToOuterDisposeScope()));
        var all = cat(parts.Select(part => part.dim() == 4 ? part.permute(0, 2, 3, 1) : part).ToList());
        return (all.dim() == 4 ? all.permute(0, 3, 1, 2) : all).MoveToOuterDisposeScope();
    }

    /// <summary>The logits float32 (N, K) of stored activations, after an optional edit.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="layer">The cut that they were stored at.</param>
    /// <param name="activations">float32 (N, ...).</param>
    /// <param name="change">Maps each batch's rows to edited rows.</param>
    /// <exception cref="BadInputException">Some are infinite or not numbers.</exception>
    public static Tensor Logits(Classifier network, string layer, Tensor activations, Func<Tensor, Tensor>? change = null)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var parts = new List<Tensor>();
        for (var start = 0L; start < activations.shape[0]; start += Batch)
        {
            using var inner = NewDisposeScope();
            var part = activations.slice(0, start, Math.Min(start + Batch, activations.shape[0]), 1);
            var changed = change is null ? part : Shape(change(Rows(part)), part);
            parts.Add(network.Tail(changed, layer).MoveToOuterDisposeScope());
        }

        return FiniteLogits.Of(cat(parts), $"the set, computed from {layer},").MoveToOuterDisposeScope();
    }
}
