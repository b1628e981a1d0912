using System.ComponentModel.DataAnnotations;

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
        var sorted = Zeros ? Array.FindAll(answers, answer => answer != 0) : [.. answers];
        Array.Sort(sorted);
        var edges = sorted.Length == 0 ? [] : Enumerable.Range(1, Count - 1).Select(at => Quantile.Of(sorted, (double)at / Count)).ToArray();
        var kinds = new byte[answers.Length];
        for (var at = 0; at < kinds.Length; at++) kinds[at] = Zeros && answers[at] == 0 ? (byte)0 : KindOf(answers[at], edges);
        return new(kinds, Count + 1);
    }

    // Counting every edge costs less than a search that the processor cannot foresee.
    private static byte KindOf(double answer, double[] edges)
    {
        var kind = 1;
        foreach (var edge in edges) kind += answer >= edge ? 1 : 0;
        return (byte)kind;
    }
}
