using Pentimento.Foundation.Configuration;

namespace Pentimento.Probing;

/// <summary>A discretization of a channel's activations into bins, for estimating mutual information.</summary>
[Family("binnings")]
public abstract record Binning
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Binning(string spec) => Catalog.Read<Binning>(spec);

    /// <summary>The bin of each activation.</summary>
    /// <param name="activations">One channel's activations for N images.</param>
    internal abstract Bins Discretize(double[] activations);
}

/// <summary>The bins of one channel's activations.</summary>
/// <param name="Indices">uint8 (N), the bin of each activation, below <paramref name="Count"/>.</param>
/// <param name="Count">Number of bins; some may be empty.</param>
internal readonly record struct Bins(byte[] Indices, int Count);
