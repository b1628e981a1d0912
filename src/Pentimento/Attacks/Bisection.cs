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
    public Bisection(long count, double first, double none, TorchSharp.torch.Device device) : this(full(count, first, device: device), none)
    {
    }

    /// <summary>Starts with a constant for each image, float32 (B).</summary>
    private Bisection(Tensor first, double none)
    {
        this.none = none;
        (At, low, high) = (first, zeros_like(first), full_like(first, none));
    }

    /// <summary>float32 (B): the constants to try.</summary>
    public Tensor At { get; }

    /// <summary>Another search, of the same images for something else: it starts with the smallest constants that sufficed here, or else with the
    /// last that were tried.</summary>
    public Bisection Again() => new(where(high.lt(none), high, At), none);

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
