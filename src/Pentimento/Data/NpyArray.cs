namespace Pentimento.Data;

/// <summary>A NumPy array: a flat .NET array of the element type, row-major, with its shape.</summary>
/// <param name="Data"><c>byte[]</c>, <c>bool[]</c>, <c>int[]</c>, <c>long[]</c>, <c>float[]</c> or <c>double[]</c>.</param>
/// <param name="Shape">The dimensions; empty for a scalar.</param>
public sealed record NpyArray(Array Data, params long[] Shape)
{
    /// <summary>The values as <typeparamref name="T"/>.</summary>
    /// <exception cref="BadInputException">They are of another type or number of dimensions.</exception>
    public T[] As<T>(int dimensions, string name)
    {
        Require.That(Data is T[] && Shape.Length == dimensions, $"{name}: expected {typeof(T).Name} in {dimensions} dimensions, got {this}.");
        return (T[])Data;
    }

    /// <summary>Whole numbers of any width as int64.</summary>
    /// <exception cref="BadInputException">They are not whole numbers in one dimension.</exception>
    public long[] AsLabels(string name)
    {
        Require.That(Shape.Length == 1 && Data is long[] or int[] or byte[], $"{name}: expected whole numbers in one dimension, got {this}.");
        return Data switch
        {
            int[] whole => Array.ConvertAll(whole, value => (long)value),
            byte[] small => Array.ConvertAll(small, value => (long)value),
            _ => (long[])Data,
        };
    }

    /// <summary>Type and shape, as in <c>uint8 (60000, 28, 28, 3)</c>.</summary>
    public override string ToString() => $"{Npy.NameOf(Data)} ({string.Join(", ", Shape)})";
}
