namespace Pentimento.Data;

/// <summary>Weights in the two types that every format of weights is written in: float32, and int64 for whole numbers.</summary>
internal static class PlainWeights
{
    /// <summary>The same weights as float32 or int64; those that are so already are not copied.</summary>
    /// <param name="weights">Arrays of any type of numbers.</param>
    /// <param name="file">Where they are to be written, for messages.</param>
    /// <exception cref="BadInputException">Some are no numbers, or too large for either type.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Of(IReadOnlyDictionary<string, NpyArray> weights, string file) =>
        weights.ToDictionary(pair => pair.Key, pair => Of(pair.Value, $"{file}, {pair.Key}"));

    /// <summary>Goes on only if two readings of weights are the same to the last bit.</summary>
    /// <exception cref="IOException">They are not: the file does not hold what was written.</exception>
    public static void CheckSame(IReadOnlyDictionary<string, NpyArray> wanted, IReadOnlyDictionary<string, NpyArray> read, string file)
    {
        var other = wanted.Keys.Union(read.Keys).FirstOrDefault(name =>
            !wanted.TryGetValue(name, out var one) || !read.TryGetValue(name, out var again) || !Same(one, again));
        if (other is not null) throw new IOException($"{file} does not read back as written: {other} differs.");
    }

    private static bool Same(NpyArray one, NpyArray other) =>
        one.Data.GetType() == other.Data.GetType() && one.Shape.SequenceEqual(other.Shape)
            && Npy.Bytes(one.Data).SequenceEqual(Npy.Bytes(other.Data));

    private static NpyArray Of(NpyArray array, string name) => array.Data switch
    {
        float[] or long[] when array.Holds<float>() || array.Holds<long>() => array,
        Half[] halves => new(Array.ConvertAll(halves, value => (float)value), array.Shape),
        double[] doubles => new(Array.ConvertAll(doubles, value => Single(value, name)), array.Shape),
        bool[] => throw new BadInputException($"{name}: expected numbers, got {array}."),
        _ => new(Whole(array, name), array.Shape),
    };

    /// <summary>The nearest float32.</summary>
    /// <exception cref="BadInputException">It would be infinite, and the number is not.</exception>
    public static float Single(double value, string name)
    {
        var single = (float)value;
        Require.That(float.IsFinite(single) || !double.IsFinite(value), $"{name}: {value:R} is too large for float32.");
        return single;
    }

    private static long[] Whole(NpyArray array, string name)
    {
        // Beyond int64 a number would become negative.
        Require.That(!array.Holds<ulong>() || Array.TrueForAll((ulong[])array.Data, value => value <= long.MaxValue), $"{name} is too large for "
            + $"int64.");
        return new NpyArray(array.Data, array.Data.LongLength).AsLabels(name);
    }
}
