namespace Pentimento.Foundation;

/// <summary>The SplitMix64 pseudorandom number generator, which gives the same sequence on every machine.</summary>
/// <param name="seed">The initial state.</param>
internal struct SplitMix64(Seed seed)
{
    private ulong state = seed.Value;

    /// <summary>The next 64 random bits.</summary>
    public ulong Bits()
    {
        state += 0x9E3779B97F4A7C15;
        return Seed.Mix(state);
    }

    /// <summary>A uniform sample of [0, 1), of 53 random bits.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform sample of [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>A uniform integer in 0..<paramref name="count"/>-1 (bias below 2^-32 for counts under 2^32).</summary>
    public int Below(int count) => (int)(((Bits() >> 32) * (ulong)count) >> 32);

    /// <summary>A random permutation of the values (Fisher and Yates, 1938).</summary>
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
