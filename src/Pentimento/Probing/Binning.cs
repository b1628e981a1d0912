using Pentimento.Foundation.Configuration;

namespace Pentimento.Probing;

/// <summary>A way to turn a channel's answers into a few kinds of answer, so that they can be counted.</summary>
[Family("binnings")]
public abstract record Binning
{
    /// <summary>The kind of each answer.</summary>
    /// <param name="answers">One channel's answers to N images.</param>
    public abstract Bins Sort(double[] answers);
}

/// <summary>A channel's answers as kinds.</summary>
/// <param name="Kinds">uint8 (N), below <paramref name="Count"/>.</param>
/// <param name="Count">How many kinds there may be; some may stay empty.</param>
public readonly record struct Bins(byte[] Kinds, int Count);
