using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>The set of images that an attack may reach.</summary>
internal static class Ball
{
    /// <summary>The corners of the L∞ ball around the images, cut to valid pixels.</summary>
    public static (Tensor Low, Tensor High) Linf(Tensor images, double radius) =>
        ((images - radius).clamp(min: 0), (images + radius).clamp(max: 1));

    /// <summary>A uniform point between two corners.</summary>
    public static Tensor RandomPoint(Tensor low, Tensor high, Seed seed)
    {
        using var dice = seed.On(low.device);
        return low + ((high - low) * rand(low.shape, low.dtype, low.device, generator: dice));
    }
}
