using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Probing;

/// <summary>Bins that hold equally many answers; answers of exactly zero have one of their own.</summary>
/// <remarks>
/// Quantiles as NumPy's default (Hyndman and Fan, 1996, "Sample quantiles in statistical packages", definition 7); an answer on an edge
/// belongs above it. After ReLU most answers of a good sparse detector are 0: without the bin of zeros many edges would coincide there,
/// and the detector would seem to know nothing.
/// </remarks>
/// <param name="Count">How many bins the answers other than zero are shared among.</param>
/// <param name="Zeros">Whether answers of exactly zero have a bin of their own.</param>
[Called("quantile")]
public sealed record QuantileBins([Range(2, 200)] int Count = 10, bool Zeros = true) : Binning
{
    /// <inheritdoc/>
    public override Bins Sort(double[] answers)
    {
        ReadOnlySpan<double> shared = Zeros ? Array.FindAll(answers, answer => answer != 0) : answers;
        var edges = shared.IsEmpty ? [] : Edges(new(shared));
        var kinds = new byte[answers.Length];
        for (var at = 0; at < kinds.Length; at++) kinds[at] = Zeros && answers[at] == 0 ? (byte)0 : KindOf(answers[at], edges);
        return new(kinds, Count + 1);
    }

    private double[] Edges(Ordered shared) => [.. Enumerable.Range(1, Count - 1).Select(at => shared.Quantile((double)at / Count))];

    // Of every edge the sign of the distance is counted: a comparison would be a branch, and the processor cannot foresee it.
    private static byte KindOf(double answer, double[] edges)
    {
        var below = 0UL;
        foreach (var edge in edges) below += BitConverter.DoubleToUInt64Bits(answer - edge) >> 63;
        return (byte)(1 + edges.Length - (int)below);
    }
}
