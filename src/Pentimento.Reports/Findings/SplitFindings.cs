using Pentimento.Evaluation;
using Pentimento.Training.Procedures;

namespace Pentimento.Reports.Findings;

/// <summary>How well the lazy network's errors identify the bias-conflicting images.</summary>
internal static class SplitFindings
{
    /// <summary>The share of the wrong ones that are bias-conflicting; null if colours are unknown.</summary>
    public static Share? Precision(ErrorSplit split) =>
        split.Precision is { } precision ? new((long)Math.Round(precision * split.Wrong), split.Wrong) : null;

    /// <summary>The share of bias-conflicting images that are among the wrong ones; null if colours are unknown.</summary>
    public static Share? Recall(ErrorSplit split)
    {
        if (Precision(split) is not { } precision || split.Recall is not > 0) return null;
        return new(precision.Hits, (long)Math.Round(precision.Hits / split.Recall.Value));
    }
}
