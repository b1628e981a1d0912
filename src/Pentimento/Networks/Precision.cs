using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>The numbers in which a network computes while it is trained; weights, logits and loss are float32 either way.</summary>
/// <remarks>
/// Micikevicius et al., 2018, "Mixed precision training", arXiv:1710.03740, section 3.1 (master weights); Kalamkar et al., 2019, "A study of
/// BFLOAT16 for deep learning training", arXiv:1905.12322: bfloat16 has float32's range, so that the loss needs no scaling.
/// </remarks>
public enum Precision
{
    /// <summary>24 bits of fraction.</summary>
    Float32,

    /// <summary>8 bits of fraction, half the memory, and faster where the processor multiplies them itself.</summary>
    Bfloat16,

    /// <summary>Bfloat16 on a processor that multiplies it itself, if the network can compute in it; elsewhere float32.</summary>
    Auto,
}

/// <summary>How a network answers in a precision.</summary>
internal static class Precisions
{
    private const int Piece = 1024;

    /// <summary>What <see cref="Precision.Auto"/> stands for with a network and a device; the others stand for themselves.</summary>
    public static Precision For(this Precision precision, Architecture architecture, Foundation.Device device) =>
        precision != Precision.Auto ? precision
        : device == Foundation.Device.Cpu && Processor.MultipliesBfloat16 && !IsForeign(architecture) ? Precision.Bfloat16 : Precision.Float32;

    /// <summary>Whether an architecture, or one inside it, is not known to compute in bfloat16.</summary>
    internal static bool IsForeign(Architecture architecture) => !architecture.ComputesInBfloat16
        || Nested.Inner(architecture).Any(inner => IsForeign((Architecture)inner.Of(architecture)!));

    /// <summary>
    /// What the last layer reads, float32 (N, F), and the logits, float32 (N, K), of images float32 (N, C, H, W), computed in a precision;
    /// gradients arrive
    /// at the weights as float32.
    /// </summary>
    public static (Tensor Features, Tensor Logits) Open(this Precision precision, Classifier network, Tensor images)
    {
        if (precision == Precision.Float32) return network.Open(images);
        using var scope = NewDisposeScope();
        var (features, logits) = network.Open(images.to_type(bfloat16));
        return (features.to_type(float32).MoveToOuterDisposeScope(), logits.to_type(float32).MoveToOuterDisposeScope());
    }

    /// <summary>Weights in the precision of the activations beside them.</summary>
    internal static IReadOnlyList<Tensor?> Aligned(IReadOnlyList<Tensor?> inputs) => inputs.Any(input => input?.dtype == bfloat16)
        ? [.. inputs.Select(input => input?.dtype == float32 ? input.to_type(bfloat16) : input)]
        : inputs;

    /// <summary>A convolution in the precision of what it is given.</summary>
    internal static Tensor Map(this Conv2d convolution, Tensor x) => convolution.weight.dtype == x.dtype
        ? convolution.call(x)
        : nn.functional.conv2d(x, convolution.weight.to_type(x.dtype), convolution.bias?.to_type(x.dtype), convolution.stride, convolution.padding);

    /// <summary>A linear map in the precision of what it is given.</summary>
    /// <remarks>MKL maps many rows to a width like 390 at little more than half its speed, unless it gets them in pieces.</remarks>
    internal static Tensor Map(this Linear linear, Tensor x) =>
        RowProduct.Pays(x, linear.weight) ? RowProduct.Of(x, linear.weight, linear.bias)
        : x.shape[0] <= 2 * Piece ? Whole(linear, x) : cat([.. x.split(Piece).Select(piece => Whole(linear, piece))]);

    private static Tensor Whole(Linear linear, Tensor x) => linear.weight.dtype == x.dtype
        ? linear.call(x)
        : nn.functional.linear(x, linear.weight.to_type(x.dtype), linear.bias?.to_type(x.dtype));
}
