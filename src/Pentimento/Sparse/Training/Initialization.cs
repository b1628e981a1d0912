using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Sparse.Training;

/// <summary>Initialization of an autoencoder's weights, and reinitialization of dead features.</summary>
internal static class Initialization
{
    private const long Sample = 16_384;
    private const int Rounds = 50;

    // A share of its length: float32 knows no less of it.
    private const double Settled = 1e-6;

    // A feature that comes back must not overturn what the others have learned.
    private const double ResampledScale = 0.2;

    // Among near centroids a small one is never among the largest again, one as large as the others makes the loss jump.
    private const double CentroidScale = 0.7;

    /// <summary>Initializes an autoencoder with directions of length 1, the encoder as the decoder's transpose, and the geometric median as bias;
    /// returns it with these directions, (F, C).</summary>
    public static (Autoencoder Autoencoder, Tensor Directions) Of(Variant variant, Tensor rows, long features, Directions kind, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var autoencoder = new Autoencoder(variant, rows.shape[1], features).to(rows.device);
        var sample = rows.slice(0, 0, Math.Min(Sample, rows.shape[0]), 1);
        var median = GeometricMedian(sample);
        var directions =
            kind == Directions.Anchored ? Centroids.Of(rows, median, features, seed) : Random(features, rows.shape[1], seed).to(rows.device);
        autoencoder.Decoder.copy_(directions);
        autoencoder.Encoder.copy_(directions.t());
        autoencoder.DecoderBias.copy_(median);
        if (kind == Directions.Anchored) autoencoder.Encoder.mul_(LeastSquaresScale(autoencoder, sample - median, sample));
        return (autoencoder, directions.MoveToOuterDisposeScope());
    }

    /// <summary>The point whose summed distance to all rows is smallest, (C): a centre that is robust to outliers.</summary>
    /// <remarks>Weiszfeld, 1937, "Sur le point pour lequel la somme des distances de n points donnés est minimum".</remarks>
    public static Tensor GeometricMedian(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var median = rows.mean([0]);
        for (var round = 0; round < Rounds; round++)
        {
            using var inner = NewDisposeScope();
            var weights = 1 / (rows - median).norm(1).clamp_min(1e-6);
            var next = (weights / weights.sum()).unsqueeze(0).matmul(rows).squeeze(0);
            var hasMoved = (next - median).norm().item<float>() > Settled * next.norm().item<float>();
            median = next.MoveToOuterDisposeScope();
            if (!hasMoved) break;
        }

        return median.MoveToOuterDisposeScope();
    }

    /// <summary>Reinitializes features, each at the error of a row drawn in proportion to its squared error.</summary>
    /// <param name="autoencoder">Changed in place.</param>
    /// <param name="rows">float32 (N, C).</param>
    /// <param name="features">int64, the features' indices.</param>
    /// <param name="seed">Determines the rows.</param>
    public static void Reinitialize(Autoencoder autoencoder, Tensor rows, Tensor features, Seed seed)
    {
        using var generator = seed.On(CPU);
        var sample = rows.index_select(0, randint(rows.shape[0], Math.Min(Sample, rows.shape[0]), int64, CPU, generator: generator).to(rows.device));
        var error = sample - autoencoder.call(sample);
        var chances = error.square().sum(1).cpu();
        if (chances.sum().item<float>() <= 0) return;
        var chosen = multinomial(chances, features.shape[0], replacement: true, generator: generator);
        var directions = error.index_select(0, chosen.to(rows.device));
        directions /= directions.norm(1, keepdim: true).clamp_min(1e-8);
        Put(autoencoder, features, directions, ResampledScale);
    }

    /// <summary>Reinitializes features at their centroids, float32 (f, C) of length 1.</summary>
    public static void Reinitialize(Autoencoder autoencoder, Tensor features, Tensor centroids) =>
        Put(autoencoder, features, centroids, CentroidScale);

    private static void Put(Autoencoder autoencoder, Tensor features, Tensor directions, double share)
    {
        var length = share * autoencoder.Encoder.norm(0).mean();
        autoencoder.Decoder.index_copy_(0, features, directions);
        autoencoder.Encoder.index_copy_(1, features, (directions * length).t());
        autoencoder.EncoderBias.index_fill_(0, features, 0);
    }

    /// <summary>Centroids near each other are active together: the factor at which their sum comes nearest to the rows.</summary>
    private static Tensor LeastSquaresScale(Autoencoder autoencoder, Tensor centred, Tensor rows)
    {
        var sum = autoencoder.Encode(rows).matmul(autoencoder.Decoder);
        return (centred * sum).sum() / sum.square().sum().clamp_min(1e-8);
    }

    private static Tensor Random(long features, long inputs, Seed seed)
    {
        using var generator = seed.On(CPU);
        var directions = randn(features, inputs, float32, CPU, generator: generator);
        return directions / directions.norm(1, keepdim: true);
    }
}
