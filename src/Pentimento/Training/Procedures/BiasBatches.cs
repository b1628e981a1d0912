using Pentimento.Cues;
using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Batches in which a bias tells nothing of the class.</summary>
internal interface IBiasBatches : IDisposable
{
    /// <summary>Number of values of the bias.</summary>
    int Biases { get; }

    /// <summary>One batch.</summary>
    /// <param name="step">Which one; called with 0, then with each number from 0 on.</param>
    BiasBatch Next(int step);
}

/// <summary>One batch.</summary>
/// <param name="images">float32 (N, C, H, W).</param>
/// <param name="labels">int64 (N), the classes.</param>
/// <param name="bias">int64 (N), the bias.</param>
internal readonly struct BiasBatch(Tensor images, Tensor labels, Tensor bias)
{
    /// <summary>float32 (N, C, H, W).</summary>
    public Tensor Images { get; } = images;

    /// <summary>int64 (N), the classes.</summary>
    public Tensor Labels { get; } = labels;

    /// <summary>int64 (N), the bias.</summary>
    public Tensor Bias { get; } = bias;
}

/// <summary>Images as they are, every cell of a class and a bias sampled equally often.</summary>
internal sealed class BiasBalanced : IBiasBatches
{
    private readonly BatchSampler sampler;
    private readonly long[] bias;
    private readonly int batch;
    private readonly RunContext run;

    /// <summary>Samples a set.</summary>
    /// <param name="set">The images.</param>
    /// <param name="values">(N), the bias of each, whatever its numbers.</param>
    /// <param name="batch">Number of images of a batch.</param>
    /// <param name="run">Device and seed.</param>
    public BiasBalanced(ImageSet set, long[] values, int batch, RunContext run)
    {
        var numbers = values.Distinct().Order().Select((value, at) => (value, at)).ToDictionary(pair => pair.value, pair => (long)pair.at);
        (bias, this.batch, this.run, Biases) = (Array.ConvertAll(values, value => numbers[value]), batch, run, numbers.Count);
        var sizes = set.Labels.Zip(bias).CountBy(cell => cell).ToDictionary();
        sampler = new(set, run.Seed.For("masks"), [.. set.Labels.Zip(bias).Select(cell => 1.0 / sizes[cell])]);
    }

    /// <inheritdoc/>
    public int Biases { get; }

    /// <inheritdoc/>
    public BiasBatch Next(int step)
    {
        var (images, labels, places) = sampler.Next(batch);
        var device = run.Device.ToTorch();
        return new(images.to(device), labels.to(device), tensor(Array.ConvertAll(places.data<long>().ToArray(), at => bias[at])).to(device));
    }

    /// <inheritdoc/>
    public void Dispose() => sampler.Dispose();
}

/// <summary>Images with the cue of others of the batch, whose classes are the bias.</summary>
/// <param name="set">The images.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="cue">The cue, fitted to the images.</param>
/// <param name="batch">Number of images of a batch.</param>
/// <param name="run">Device and seed.</param>
internal sealed class CueSwapped(ImageSet set, int classes, Cue cue, int batch, RunContext run) : IBiasBatches
{
    private readonly BatchSampler sampler = new(set, run.Seed.For("masks"));

    /// <inheritdoc/>
    public int Biases => classes;

    /// <inheritdoc/>
    public BiasBatch Next(int step)
    {
        var (images, labels, _) = sampler.Next(batch);
        var device = run.Device.ToTorch();
        (images, labels) = (images.to(device), labels.to(device));
        using var generator = run.Seed.For("donors").For(step).On(device);
        var donors = randperm(images.shape[0], int64, device, generator: generator);
        var next = donors;
        var swapped = Both.SwapApart(cue, images, () =>
        {
            var part = images.index_select(0, next);
            next = randperm(images.shape[0], int64, device, generator: generator);
            return part;
        });
        return new(swapped.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2), labels, labels.index_select(0, donors));
    }

    /// <inheritdoc/>
    public void Dispose() => sampler.Dispose();
}
