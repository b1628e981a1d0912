using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>How many images a network is given at a time: what its activations fit into memory, not a number that suits small pictures.</summary>
internal static class BatchSize
{
    // What a layer computes on the way to its activations, such as a convolution's unfolded input, is about as large again.
    private const int Temporary = 2;

    // Small networks, such as those of digits, keep below a megabyte, ResNet-18 at 224x224 takes 25.
    private const long Large = 8 << 20;

    // So many images that no network reads are looked at together.
    private const int MostImages = 500;

    // Fewer images at a time leave a processor's caches and units unused.
    private const int Worthwhile = 8;

    /// <summary>
    /// The most images whose activations fit a run's memory, at least 1; on a CPU no more than the allocator keeps blocks for, since larger ones are
    /// faulted in anew, page by page, by every layer of every batch.
    /// </summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="most">How many at most: where they fit, results do not depend on the machine.</param>
    /// <param name="run">The memory, and the device.</param>
    /// <param name="copies">How many times an image's activations are held, e.g. 2 where gradients are kept too.</param>
    public static int Of(Classifier network, int most, RunContext run, double copies = 1)
    {
        var sizes = Sizes(network);
        var kept = run.Device == Foundation.Device.Cpu ? Math.Max(Worthwhile, Native.LargestKept / Math.Max(1, sizes.Max())) : most;
        return Fitting(sizes.Sum(), (int)Math.Min(most, kept), run, copies);
    }

    /// <summary>The most images whose activations fit a run's memory, at least 1, however large they are.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="most">How many at most: where they fit, results do not depend on the machine.</param>
    /// <param name="run">The memory, and the device.</param>
    /// <param name="copies">How many times an image's activations are held, e.g. 2 where gradients are kept too.</param>
    public static int Fitting(Classifier network, int most, RunContext run, double copies = 1) => Fitting(Bytes(network), most, run, copies);

    /// <summary>How many images are looked at together that no network reads: as many as a CPU's allocator keeps blocks for, as float32.</summary>
    /// <param name="values">How many values an image has.</param>
    public static int OfImages(long values) => (int)Math.Clamp(Native.LargestKept / (sizeof(float) * Math.Max(1, values)), 1, MostImages);

    /// <summary>The bytes of all activations of one image.</summary>
    internal static long Bytes(Classifier network) => Sizes(network).Sum();

    /// <summary>Whether the activations of one image take 8 MB or more.</summary>
    internal static bool IsLarge(Classifier network) => Bytes(network) >= Large;

    private static int Fitting(long bytes, int most, RunContext run, double copies) =>
        (int)Math.Clamp(run.MemoryBudget / Math.Max(1, Temporary * copies * bytes), 1, most);

    /// <summary>The bytes of one image, and of each value that is computed of it.</summary>
    private static long[] Sizes(Classifier network)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var device = network.parameters().FirstOrDefault()?.device ?? CPU;
        var image = zeros([1, network.Shape.Channels, network.Shape.Height, network.Shape.Width], float32, device);
        return [image.numel() * sizeof(float), .. network.ActivationBytes(image)];
    }
}
