using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>Two-way analysis of variance of the logits over images and colours: three shares of the variance that sum to 1.</summary>
/// <remarks>
/// Fisher, 1925, "Statistical methods for research workers", chapter VII: the total sum of squares of a full table of images by colours is that of
/// the colours' means, that of the images' means, and the rest, which is what a colour does to one shape and not to another. Logits are centred
/// over classes first, because adding a number to all of them changes no prediction. Intervals: Efron, 1979, "Bootstrap methods", over images.
/// </remarks>
/// <param name="Color">The share explained by the colour alone.</param>
/// <param name="Shape">The share explained by the image, whatever its colour.</param>
/// <param name="Both">The share of their interaction.</param>
internal sealed record VarianceShares(ConfidenceInterval Color, ConfidenceInterval Shape, ConfidenceInterval Both)
{
    private const int Resamples = 200;

    // Logits that differ less than this are the same: float32 keeps seven digits.
    private const double Constant = 1e-9;

    /// <summary>Decomposes the variance of logits; null where they are constant.</summary>
    /// <param name="logits">float32 (N, C, K), images by colours by classes.</param>
    /// <param name="seed">Determines the bootstrap resamples.</param>
    public static VarianceShares? Of(Tensor logits, Seed seed)
    {
        using var scope = NewDisposeScope();
        var table = logits.to_type(float64) - logits.to_type(float64).mean([2], keepdim: true);
        var count = table.shape[0];
        using var generator = seed.For("resample").On(CPU);
        var drawn = randint(0, count, [Resamples, count], int64, CPU, generator: generator);
        // The first row weighs every image once: the estimate itself.
        var weights =
            cat([ones(1, count, float64), zeros(Resamples, count, float64).scatter_add_(1, drawn, ones(Resamples, count, float64))]) / count;
        var (color, shape, total) = Parts(table, weights);
        if (total[0].item<double>() < Constant) return null;
        return new(Read(color / total), Read(shape / total), Read((total - color - shape) / total));
    }

    /// <summary>Mean squares (R) of colour, image and all, for each row of weights (R, N).</summary>
    private static (Tensor Color, Tensor Shape, Tensor Total) Parts(Tensor table, Tensor weights)
    {
        var (count, colors, classes) = (table.shape[0], table.shape[1], table.shape[2]);
        var byColor = weights.matmul(table.view(count, -1)).view(-1, colors, classes);
        var overall = byColor.mean([1], keepdim: true);
        var color = (byColor - overall).square().mean([1]).sum(1);
        var middle = overall.squeeze(1).square().sum(1);
        var shape = weights.matmul(table.mean([1]).square().sum(1)) - middle;
        var total = weights.matmul(table.square().mean([1]).sum(1)) - middle;
        return (color, shape, total);
    }

    private static ConfidenceInterval Read(Tensor values)
    {
        var all = values.data<double>().ToArray();
        var sorted = all.Skip(1).Order().ToArray();
        return new(all[0], sorted[(int)(0.025 * sorted.Length)], sorted[(int)(0.975 * sorted.Length)]);
    }
}
