using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>How many images a network is given at a time: what its activations fit into memory, not a number that suits small pictures.</summary>
internal static class BatchSize
{
    // What a layer computes on the way to its activations, such as a convolution's unfolded input, is about as large again.
    private const int Temporary = 2;

    /// <summary>The most images whose activations fit a run's memory, at least 1.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="most">How many at most: where they fit, results do not depend on the machine.</param>
    /// <param name="run">The memory, and the device.</param>
    /// <param name="copies">How many times an image's activations are held, e.g. 2 where gradients are kept too.</param>
    public static int Of(Classifier network, int most, RunContext run, int copies = 1) =>
        (int)Math.Clamp(run.MemoryBudget / Math.Max(1, Temporary * copies * Bytes(network)), 1, most);

    /// <summary>The bytes of all activations of one image.</summary>
    internal static long Bytes(Classifier network)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var device = network.parameters().FirstOrDefault()?.device ?? CPU;
        var image = zeros([1, network.Shape.Channels, network.Shape.Height, network.Shape.Width], float32, device);
        return (image.numel() * sizeof(float)) + network.ActivationBytes(image);
    }
}
