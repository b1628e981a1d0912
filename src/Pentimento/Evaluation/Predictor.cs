using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>Runs a network over whole sets of images, in batches and without gradients.</summary>
internal static class Predictor
{
    private const int Batch = 500;

    /// <summary>The logits of every image, float32 (N, K) on the CPU; the caller disposes them.</summary>
    /// <exception cref="BadInputException">The images do not fit the network.</exception>
    public static Tensor Logits(Classifier network, ImageSet set, RunContext run)
    {
        Require.That(set.Count > 0, $"{set.Name} holds no images.");
        Require.That(set.Shape == network.Shape, $"The network reads images of {network.Shape}, {set.Name} has {set.Shape}.");
        return RememberedLogits.Of(
            network, set, run, () => Logits(network, set.Count, (start, count) => Pixels.Slice(set, start, count), set.Name, run));
    }

    /// <summary>The logits of images float32 (N, C, H, W) in [0, 1]: float32 (N, K) on the CPU.</summary>
    public static Tensor Logits(Classifier network, Tensor images, RunContext run) =>
        Logits(network, images.shape[0], (start, count) => images.slice(0, start, Math.Min(start + count, images.shape[0]), 1), "images", run);

    private static Tensor Logits(Classifier network, long count, Func<long, int, Tensor> batch, string name, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var parts = new List<Tensor>();
        var size = BatchSize.Of(network, Batch, run);
        using var reading = new ReadingNetwork(network);
        for (var start = 0L; start < count; start += size)
        {
            using var inner = NewDisposeScope();
            parts.Add(reading.Network.call(batch(start, size).to(run.Device.ToTorch())).cpu().MoveToOuterDisposeScope());
            run.Report(new($"evaluate {name}", Math.Min(start + size, count), count));
        }

        return FiniteLogits.Of(cat(parts), name).MoveToOuterDisposeScope();
    }

    /// <summary>The predicted class of every image, int64 (N).</summary>
    public static long[] Classes(Classifier network, ImageSet set, RunContext run) => Predictions.Of(network, set, run).Classes;
}
