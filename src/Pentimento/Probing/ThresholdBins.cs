using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Probing;

/// <summary>Two bins, above a fixed threshold and not. Kept to show why it was given up: the ranking of neurons changes from sample to
/// sample.</summary>
/// <remarks>Gupta, "Computer Vision" (the report that this software implements), "Finding Brutus", the first attempt.</remarks>
/// <param name="At">The activation above which a channel counts as active, in the layer's units.</param>
[Called("threshold")]
internal sealed record ThresholdBins([Range(-1e6, 1e6)] double At = 0.5) : Binning
{
    /// <inheritdoc/>
    internal override Bins Discretize(double[] activations) =>
        new(Array.ConvertAll(activations, activation => activation > At ? (byte)1 : (byte)0), 2);
}
