using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>Convolution weights that blur: exp(-(x² + y²) / 2σ²), each k x k plane summing to 1.</summary>
internal static class GaussianKernel
{
    /// <summary>The plane for every pair of output and input: float32 (out, in, k, k), all planes alike.</summary>
    public static Tensor OfAllChannels(int outputs, int inputs, int size, double sigma)
    {
        using var scope = NewDisposeScope();
        return Plane(size, sigma).repeat(outputs, inputs, 1, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The plane where output o meets input o mod in, 0 elsewhere: float32 (out, in, k, k).</summary>
    public static Tensor OfOneChannelEach(int outputs, int inputs, int size, double sigma)
    {
        using var scope = NewDisposeScope();
        var own = arange(outputs).remainder(inputs).unsqueeze(1).eq(arange(inputs)).to_type(float32);
        return (own.view(outputs, inputs, 1, 1) * Plane(size, sigma)).MoveToOuterDisposeScope();
    }

    private static Tensor Plane(int size, double sigma)
    {
        var along = (-(arange(size, float64) - (size / 2)).square() / (2 * sigma * sigma)).exp();
        var plane = along.outer(along);
        return (plane / plane.sum()).to_type(float32);
    }
}
