using Pentimento.Foundation.Configuration;

namespace Pentimento.Probing;

/// <summary>Two bins: above a fixed threshold, and not. Kept to show why it was given up: the ranking of neurons changes from sample to
/// sample.</summary>
/// <remarks>Gupta, "Computer Vision" (the report that this software implements), "Finding Brutus", the first attempt.</remarks>
/// <param name="At">The answer above which a channel counts as on, in the layer's units.</param>
[Called("threshold")]
public sealed record ThresholdBins(double At = 0.5) : Binning
{
    /// <inheritdoc/>
    public override Bins Sort(double[] answers) => new(Array.ConvertAll(answers, answer => answer > At ? (byte)1 : (byte)0), 2);
}
