using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pentimento.Painting;

/// <summary>
/// Vectorized standard normal random numbers, identical on every machine: only exactly rounded operations are used (sums, products,
/// quotients, roots and fused multiply-adds), in the same order whatever the width of the processor's vectors.
/// </summary>
/// <remarks>
/// Box and Muller, 1958, "A note on the generation of random normal deviates", fed by counters: number i of a stream is a
/// function of the stream's key and i alone. The loops are compiled at full strength at once: a set is painted before the runtime would notice
/// that they matter.
/// </remarks>
internal static class NormalNoise
{
    /// <summary>Number of values generated at once.</summary>
    public const int Block = 32;

    private const int Lanes = 16;
    private static readonly Vector512<uint> LaneNumbers = Vector512.CreateSequence(0u, 1u);

    /// <summary>Fills a buffer, whose length is a multiple of <see cref="Block"/>, with standard normal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Span<float> numbers, Seed seed)
    {
        var (low, high) = (Vector512.Create((uint)seed.Value), Vector512.Create((uint)(seed.Value >> 32)));
        for (var start = 0; start < numbers.Length; start += Block)
        {
            var counter = LaneNumbers + Vector512.Create((uint)start);
            var radius = Radius(Bits(counter, low, high));
            var (cosine, sine) = OnCircle(Bits(counter + Vector512.Create((uint)Lanes), low, high));
            (radius * cosine).CopyTo(numbers[start..]);
            (radius * sine).CopyTo(numbers[(start + Lanes)..]);
        }
    }

    /// <summary>Adds noise of one standard deviation to bytes, rounded to the nearest and clipped to 0..255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<byte> pixels, ReadOnlySpan<float> noise, float deviation)
    {
        var scale = Vector512.Create(deviation);
        var at = 0;
        for (; at <= pixels.Length - Block; at += Block)
        {
            // 32 bytes become two vectors of 16 floats and bytes again.
            var (low, high) = Vector256.Widen(Vector256.Create<byte>(pixels[at..]));
            var first = Noisy(Widened(low), Vector512.Create(noise[at..]), scale);
            var second = Noisy(Widened(high), Vector512.Create(noise[(at + Lanes)..]), scale);
            Vector256.Narrow(Narrowed(first), Narrowed(second)).CopyTo(pixels[at..]);
        }

        for (; at < pixels.Length; at++)
        {
            var noisy = MathF.FusedMultiplyAdd(noise[at], deviation, pixels[at]);
            pixels[at] = (byte)(Math.Clamp(noisy, 0f, 255f) + 0.5f);
        }
    }

    private static Vector512<float> Widened(Vector256<ushort> pixels)
    {
        var (low, high) = Vector256.Widen(pixels);
        return Vector512.ConvertToSingle(Vector512.Create(low, high).AsInt32());
    }

    private static Vector512<int> Noisy(Vector512<float> pixels, Vector512<float> noise, Vector512<float> deviation)
    {
        var noisy = Vector512.FusedMultiplyAdd(noise, deviation, pixels);
        return Vector512.ConvertToInt32Native(Vector512.Clamp(noisy, Vector512<float>.Zero, Vector512.Create(255f)) + Vector512.Create(0.5f));
    }

    private static Vector256<ushort> Narrowed(Vector512<int> pixels) => Vector256.Narrow(pixels.GetLower().AsUInt32(), pixels.GetUpper().AsUInt32());

    /// <summary>32 random bits a lane: two rounds of a bijective mixer, each after half of the key.</summary>
    private static Vector512<uint> Bits(Vector512<uint> counter, Vector512<uint> low, Vector512<uint> high) => Mix(Mix(counter ^ low) + high);

    private static Vector512<uint> Mix(Vector512<uint> x)
    {
        x = (x ^ (x >>> 17)) * Vector512.Create(0xED5AD4BBu);
        x = (x ^ (x >>> 11)) * Vector512.Create(0xAC4C1B51u);
        x = (x ^ (x >>> 15)) * Vector512.Create(0x31848BABu);
        return x ^ (x >>> 14);
    }

    /// <summary>sqrt(-2 ln u) for u uniform in (0, 1].</summary>
    private static Vector512<float> Radius(Vector512<uint> bits)
    {
        var uniform = Vector512.Max(Vector512.ConvertToSingle(bits), Vector512.Create(0.5f)) * Vector512.Create(1f / 4294967296f);
        return Vector512.Sqrt(Vector512.Max(Logarithm(uniform) * Vector512.Create(-2f), Vector512<float>.Zero));
    }

    /// <summary>ln x for x in (0, 1]: x = m 2^e with m near 1, and ln m = 2 artanh((m - 1) / (m + 1)) by its series.</summary>
    private static Vector512<float> Logarithm(Vector512<float> x)
    {
        // Shifting the exponent's origin to sqrt(1/2) leaves m in [sqrt(1/2), sqrt(2)).
        var shifted = x.AsUInt32() - Vector512.Create(0x3F3504F3u);
        var exponent = Vector512.ConvertToSingle(shifted.AsInt32() >> 23);
        var mantissa = ((shifted & Vector512.Create(0x007FFFFFu)) + Vector512.Create(0x3F3504F3u)).AsSingle();
        var s = (mantissa - Vector512<float>.One) / (mantissa + Vector512<float>.One);
        var squared = s * s;
        var series = Vector512.FusedMultiplyAdd(squared, Vector512.Create(2f / 9), Vector512.Create(2f / 7));
        series = Vector512.FusedMultiplyAdd(squared, series, Vector512.Create(2f / 5));
        series = Vector512.FusedMultiplyAdd(squared, series, Vector512.Create(2f / 3));
        series = Vector512.FusedMultiplyAdd(squared, series, Vector512.Create(2f));
        return Vector512.FusedMultiplyAdd(exponent, Vector512.Create(0.69314718f), s * series);
    }

    /// <summary>Cosine and sine of a uniform angle: two bits choose the quadrant, the rest an angle in [-π/4, π/4).</summary>
    private static (Vector512<float> Cosine, Vector512<float> Sine) OnCircle(Vector512<uint> bits)
    {
        var angle = Vector512.ConvertToSingle((bits << 2).AsInt32()) * Vector512.Create(MathF.PI / 4 / 2147483648f);
        var squared = angle * angle;
        var sine = Vector512.FusedMultiplyAdd(squared, Vector512.Create(1f / 362880), Vector512.Create(-1f / 5040));
        sine = Vector512.FusedMultiplyAdd(squared, sine, Vector512.Create(1f / 120));
        sine = Vector512.FusedMultiplyAdd(squared, sine, Vector512.Create(-1f / 6));
        sine = Vector512.FusedMultiplyAdd(squared * angle, sine, angle);
        var cosine = Vector512.FusedMultiplyAdd(squared, Vector512.Create(1f / 40320), Vector512.Create(-1f / 720));
        cosine = Vector512.FusedMultiplyAdd(squared, cosine, Vector512.Create(1f / 24));
        cosine = Vector512.FusedMultiplyAdd(squared, cosine, Vector512.Create(-1f / 2));
        cosine = Vector512.FusedMultiplyAdd(squared, cosine, Vector512<float>.One);

        var swap = Vector512.Equals((bits >>> 30) & Vector512<uint>.One, Vector512<uint>.One).AsSingle();
        var sign = (bits & Vector512.Create(0x80000000u)).AsSingle();
        return (Vector512.ConditionalSelect(swap, -sine, cosine) ^ sign, Vector512.ConditionalSelect(swap, cosine, sine) ^ sign);
    }
}
