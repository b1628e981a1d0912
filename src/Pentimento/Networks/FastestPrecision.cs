using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>In what a large network may compute where only its predictions of many images are compared.</summary>
internal static class FastestPrecision
{
    // Of the predictions, how many must be the same.
    private const double Same = 0.95;

    // So many images at a time, since a large network's activations are.
    private const int Piece = 8;

    /// <summary>
    /// <see cref="Precision.Bfloat16"/> where the network is large and one of ours, the processor multiplies it, and the network answers nearly
    /// alike; otherwise <see cref="Precision.Float32"/>: small ones gain little, and their results shall not depend on the processor.
    /// </summary>
    /// <param name="network">In evaluation mode, on the device of the images.</param>
    /// <param name="images">A few, float32 (B, C, H, W).</param>
    /// <param name="logits">Its answers to them in float32, (B, K).</param>
    public static Precision Of(Classifier network, Tensor images, Tensor logits)
    {
        if (images.device_type != TorchSharp.DeviceType.CPU || !Processor.MultipliesBfloat16 || Precisions.IsForeign(network.Architecture)
            || !BatchSize.IsLarge(network)) return Precision.Float32;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var found = cat([.. images.split(Piece).Select(piece => ClassesOf(network, piece))]);
        var same = found.eq(logits.argmax(1)).to_type(float32).mean().item<float>();
        return same >= Same ? Precision.Bfloat16 : Precision.Float32;
    }

    private static Tensor ClassesOf(Classifier network, Tensor images)
    {
        using var scope = NewDisposeScope();
        return Precision.Bfloat16.Open(network, images).Logits.argmax(1).MoveToOuterDisposeScope();
    }
}
