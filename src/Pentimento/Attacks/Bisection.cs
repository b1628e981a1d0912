using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Binary search, for each image, for the smallest constant that suffices: ten times more until one does, then halving.</summary>
internal sealed class Bisection
{
    private readonly double none;
    private readonly Tensor low;
    private readonly Tensor high;

    /// <summary>Starts with the same constant for every image; belongs to the caller's scope.</summary>
    /// <param name="count">B.</param>
    /// <param name="first">The first constant.</param>
    /// <param name="none">Larger than any that is to be tried.</param>
    /// <param name="device">Where the images live.</param>
    public Bisection(long count, double first, double none, TorchSharp.torch.Device device)
    {
        this.none = none;
        (At, low, high) = (full(count, first, device: device), zeros(count, device: device), full(count, none, device: device));
    }

    /// <summary>float32 (B): the constants to try.</summary>
    public Tensor At { get; }

    /// <summary>Chooses the next ones.</summary>
    /// <param name="sufficed">bool (B).</param>
    /// <param name="last">Whether the next try is the last: it then takes the smallest constant that is known to suffice.</param>
    public void Narrow(Tensor sufficed, bool last)
    {
        using var scope = NewDisposeScope();
        high.copy_(where(sufficed, At.minimum(high), high));
        low.copy_(where(sufficed, low, At.maximum(low)));
        var known = high.lt(none);
        At.copy_(where(known, last ? high : (low + high) / 2, At * 10));
    }
}
