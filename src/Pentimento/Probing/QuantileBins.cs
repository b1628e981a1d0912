using System.ComponentModel.DataAnnotations;
using System.Numerics;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Probing;

/// <summary>Quantile bins, of equally many activations; activations of exactly zero have one of their own.</summary>
/// <remarks>
/// Quantiles as NumPy's default (Hyndman and Fan, 1996, "Sample quantiles in statistical packages", definition 7); an activation on an
/// edge belongs above it. After ReLU most activations of a good sparse detector are 0: without the bin of zeros many edges would coincide there,
/// and the detector would seem to have no information.
/// </remarks>
/// <param name="Count">Number of bins of the activations other than zero.</param>
/// <param name="Zeros">Whether activations of exactly zero have a bin of their own.</param>
[Called("quantile")]
internal sealed record QuantileBins([Range(2, 200)] int Count = 10, bool Zeros = true) : Binning
{
    /// <inheritdoc/>
    internal override Bins Discretize(double[] activations)
    {
        var shared = Zeros ? WithoutZeros(activations) : activations;
        var indices = new byte[activations.Length];
        Assign(activations, shared.Length == 0 ? [] : Edges(new(shared)), indices);
        return new(indices, Count + 1);
    }

    private static double[] WithoutZeros(double[] activations)
    {
        var count = 0;
        foreach (var activation in activations) count += activation != 0 ? 1 : 0;
        if (count == activations.Length) return activations;
        var (others, next) = (new double[count], 0);
        foreach (var activation in activations)
        {
            if (activation != 0) others[next++] = activation;
        }

        return others;
    }

    private double[] Edges(BucketSortedValues shared) => [.. Enumerable.Range(1, Count - 1).Select(at => shared.Quantile((double)at / Count))];

    /// <summary>Gives each activation the number of edges that it reaches, and one; zeros that have a bin of their own get 0. Many at a time: to
    /// look for one's edge is a branch that the processor cannot predict.</summary>
    private void Assign(ReadOnlySpan<double> activations, double[] edges, Span<byte> indices)
    {
        Span<double> padded = stackalloc double[Vector<double>.Count];
        for (var start = 0; start < activations.Length; start += Vector<double>.Count)
        {
            var count = Math.Min(Vector<double>.Count, activations.Length - start);
            activations.Slice(start, count).CopyTo(padded);
            var values = new Vector<double>(padded);
            var bins = Vector<long>.One;
            // Where it holds a comparison is -1.
            foreach (var edge in edges) bins -= Vector.GreaterThanOrEqual(values, new Vector<double>(edge));
            if (Zeros) bins = Vector.AndNot(bins, Vector.Equals(values, Vector<double>.Zero));
            for (var at = 0; at < count; at++) indices[start + at] = (byte)bins[at];
        }
    }
}
