namespace Pentimento.Foundation;

/// <summary>Random numbers drawn one after another from a seed, the same on every machine (SplitMix64).</summary>
/// <param name="seed">Where the stream starts.</param>
public struct SplitMix64(Seed seed)
{
    private ulong state = seed.Value;

    /// <summary>The next 64 random bits.</summary>
    public ulong Bits()
    {
        state += 0x9E3779B97F4A7C15;
        return Seed.Mix(state);
    }

    /// <summary>A number in [0, 1), of 53 random bits.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>A whole number in 0..<paramref name="count"/>-1, each equally likely (bias below 2^-32 for counts under 2^32).</summary>
    public int Below(int count) => (int)(((Bits() >> 32) * (ulong)count) >> 32);

    /// <summary>The same values in random order (Fisher and Yates, 1938).</summary>
    public T[] Shuffled<T>(IEnumerable<T> values)
    {
        T[] order = [.. values];
        for (var at = order.Length - 1; at > 0; at--)
        {
            var other = Below(at + 1);
            (order[at], order[other]) = (order[other], order[at]);
        }

        return order;
    }
}
