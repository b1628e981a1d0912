using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>A layer's activations for a whole set, pooled by channel.</summary>
/// <param name="Means">The mean over all positions.</param>
/// <param name="Maxima">The maximum over all positions.</param>
/// <param name="Strongest">The mean of the strongest positions.</param>
/// <param name="Places">[channel][image]: the position of the maximum, row times <paramref name="Width"/> plus column.</param>
/// <param name="Width">The columns of the layer's maps; 1 for a layer without maps.</param>
/// <param name="Height">Their rows; 1 for a layer without maps.</param>
internal sealed record PooledActivations(
    ActivationTable Means,
    ActivationTable Maxima,
    ActivationTable Strongest,
    IReadOnlyList<int[]> Places,
    int Width,
    int Height)
{
    private const int Batch = 250;

    /// <summary>The activations by one pooling.</summary>
    public ActivationTable By(MapPooling pooling) => pooling switch { MapPooling.Mean => Means, MapPooling.Maximum => Maxima, _ => Strongest };

    /// <summary>Computes the activations of a layer.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="set">The images, with colors.</param>
    /// <param name="layer">The cut.</param>
    /// <param name="strongest">Number of positions that count as the strongest; all if a map has fewer.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <exception cref="BadInputException">The images do not fit the network, their colours are unknown, or there is no such layer.</exception>
    public static PooledActivations Of(Classifier network, ImageSet set, string layer, int strongest, RunContext run)
    {
        var (width, height) = (1, 1);
        var read = Read(network, set, layer, run, maps =>
        {
            if (maps.dim() == 2) return [maps.alias(), maps.alias(), maps.alias(), zeros_like(maps)];
            (height, width) = ((int)maps.shape[2], (int)maps.shape[3]);
            var flat = maps.flatten(2);
            var (values, places) = flat.topk((int)Math.Min(strongest, flat.shape[2]), 2);
            return [flat.mean([2]), values.select(2, 0), values.mean([2]), places.select(2, 0).to_type(float32)];
        });
        ActivationTable Table(double[][] columns) => new(layer, columns, set.Labels, set.Colors);
        return new(
            Table(read[0]),
            Table(read[1]),
            Table(read[2]),
            [.. read[3].Select(column => Array.ConvertAll(column, place => (int)place))],
            width,
            height);
    }

    /// <summary>Computes a layer's activations by one reduction: C arrays of N.</summary>
    public static double[][] Of(Classifier network, ImageSet set, string layer, MapReduction reduction, RunContext run) =>
        Read(network, set, layer, run, maps => [reduction.Reduce(maps)])[0];

    private static double[][][] Read(Classifier network, ImageSet set, string layer, RunContext run, Func<Tensor, Tensor[]> reduce)
    {
        Require.That(set.Shape == network.Shape, $"The network reads images of {network.Shape}, {set.Name} has {set.Shape}.");
        using var scope = NewDisposeScope();
        using var inferenceMode = inference_mode();
        var parts = new List<Tensor[]>();
        var size = BatchSize.Of(network, Batch, run);
        for (var start = 0; start < set.Count; start += size)
        {
            using var inner = NewDisposeScope();
            var maps = network.Head(Pixels.Slice(set, start, size).to(run.Device.ToTorch()), layer);
            parts.Add([.. reduce(maps).Select(reduced => reduced.cpu().MoveToOuterDisposeScope())]);
            run.Report(new($"read {layer} on {set.Name}", Math.Min(start + size, set.Count), set.Count));
        }

        return [.. Enumerable.Range(0, parts[0].Length).Select(at => Columns(cat(parts.ConvertAll(part => part[at]))))];
    }

    private static double[][] Columns(Tensor matrix) =>
        [.. matrix.t().to_type(float64).contiguous().data<double>().ToArray().Chunk((int)matrix.shape[0])];
}
