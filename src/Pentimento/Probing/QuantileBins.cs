using System.ComponentModel.DataAnnotations;
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
        ReadOnlySpan<double> shared = Zeros ? Array.FindAll(activations, activation => activation != 0) : activations;
        var edges = shared.IsEmpty ? [] : Edges(new(shared));
        var indices = new byte[activations.Length];
        for (var at = 0; at < indices.Length; at++) indices[at] = Zeros && activations[at] == 0 ? (byte)0 : KindOf(activations[at], edges);
        return new(indices, Count + 1);
    }

    private double[] Edges(BucketSortedValues shared) => [.. Enumerable.Range(1, Count - 1).Select(at => shared.Quantile((double)at / Count))];

    // The signs of the distances to all edges are counted: a comparison would be a branch, and the processor cannot predict it.
    private static byte KindOf(double activation, double[] edges)
    {
        var below = 0UL;
        foreach (var edge in edges) below += BitConverter.DoubleToUInt64Bits(activation - edge) >> 63;
        return (byte)(1 + edges.Length - (int)below);
    }
}
