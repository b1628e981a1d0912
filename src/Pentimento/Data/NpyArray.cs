namespace Pentimento.Data;

/// <summary>A NumPy array: a flat .NET array of the element type, row-major, with its shape.</summary>
/// <param name="Data"><c>bool[]</c>, whole numbers of 1 to 8 bytes with or without sign, <c>Half[]</c>, <c>float[]</c> or <c>double[]</c>.</param>
/// <param name="Shape">The dimensions; empty for a scalar.</param>
internal sealed record NpyArray(Array Data, params long[] Shape)
{
    /// <summary>Whether the values are <typeparamref name="T"/> and not its like: to .NET's own test, int32 and uint32 arrays are each
    /// other's kind.</summary>
    public bool Holds<T>() => Data.GetType() == typeof(T[]);

    /// <summary>The values as <typeparamref name="T"/>.</summary>
    /// <exception cref="BadInputException">They are of another type or number of dimensions.</exception>
    public T[] As<T>(int dimensions, string name)
    {
        Require.That(Holds<T>() && Shape.Length == dimensions, $"{name}: expected {typeof(T).Name} in {dimensions} dimensions, got {this}.");
        return (T[])Data;
    }

    /// <summary>Whole numbers of any width as int64.</summary>
    /// <exception cref="BadInputException">They are not whole numbers in one dimension.</exception>
    public long[] AsLabels(string name)
    {
        var whole = Shape.Length == 1 ? Whole() : null;
        Require.That(whole is not null, $"{name}: expected whole numbers in one dimension, got {this}.");
        return whole;
    }

    /// <summary>Whole numbers of any width as int64, one for each image.</summary>
    /// <exception cref="BadInputException">They are not whole numbers in one dimension, or there are more or fewer.</exception>
    public long[] AsLabels(string name, long count)
    {
        // Before they are widened: a file may hold millions where a few belong.
        Require.That(Shape.Length != 1 || Shape[0] == count, $"{name}: {count:N0} images but {Data.LongLength:N0} values.");
        return AsLabels(name);
    }

    private long[]? Whole()
    {
        if (Holds<long>()) return (long[])Data;
        if (Holds<int>()) return Array.ConvertAll((int[])Data, value => (long)value);
        if (Holds<short>()) return Array.ConvertAll((short[])Data, value => (long)value);
        if (Holds<sbyte>()) return Array.ConvertAll((sbyte[])Data, value => (long)value);
        // Beyond int64 a number becomes negative, which no label is.
        if (Holds<ulong>()) return Array.ConvertAll((ulong[])Data, value => unchecked((long)value));
        if (Holds<uint>()) return Array.ConvertAll((uint[])Data, value => (long)value);
        if (Holds<ushort>()) return Array.ConvertAll((ushort[])Data, value => (long)value);
        return Holds<byte>() ? Array.ConvertAll((byte[])Data, value => (long)value) : null;
    }

    /// <summary>Type and shape, as in <c>uint8 (60000, 28, 28, 3)</c>.</summary>
    public override string ToString() => $"{Npy.NameOf(Data)} ({string.Join(", ", Shape)})";
}
