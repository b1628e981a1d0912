using Pentimento.Evaluation;

namespace Pentimento.Checks;

/// <summary>A measured value with the 95% interval that decides a requirement.</summary>
/// <param name="Value">The value.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end; where both ends are the value it is known exactly.</param>
/// <param name="Count">The number of images behind it; null where none are.</param>
internal sealed record Measurement(double Value, double Low, double High, long? Count)
{
    /// <summary>What was measured where the value alone does not say it, such as the name of the worst group; empty otherwise.</summary>
    public string Where { get; init; } = "";

    /// <summary>The images that speak against the network, by their places in the set, for a page; empty where images do not.</summary>
    public IReadOnlyList<int> Against { get; init; } = [];

    /// <summary>A number of things of which some are certain and some may be, such as suspects.</summary>
    public static Measurement Of(int certain, int possible) => new(certain, certain, possible, null) { IsCount = true };

    /// <summary>Whether it counts things, and can equal a number though not all of them are certain.</summary>
    public bool IsCount { get; private init; }

    /// <summary>Whether there is nothing to sample.</summary>
    public bool IsExact => Low == High;

    /// <summary>A proportion with its exact interval.</summary>
    public static Measurement Of(Share share)
    {
        var (low, high) = ExactInterval.Of(share.Hits, share.Count);
        return new(share.Value, low, high, share.Count);
    }

    /// <summary>A value that is known exactly.</summary>
    public static Measurement Exactly(double value) => new(value, value, value, null);
}
