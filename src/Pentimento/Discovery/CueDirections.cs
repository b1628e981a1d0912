using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>The directions in which features move when images get a cue.</summary>
internal static class CueDirections
{
    /// <summary>An orthonormal basis of the mean moves by donors of each class, as far as they are larger than chance would have them.</summary>
    /// <param name="moves">float32 (N, F), what the features of each image change by.</param>
    /// <param name="donors">int64 (N), the class of each donor.</param>
    /// <returns>float32 (R, F), R at most one less than there are classes; null where nothing moves beyond chance.</returns>
    public static Tensor? Of(Tensor moves, long[] donors)
    {
        using var scope = NewDisposeScope();
        long[] classes = [.. donors.Distinct().Order()];
        Tensor[] groups = [.. classes.Select(label => moves.index_select(0, Places(donors, label)))];
        var means = stack(groups.Select(group => group.mean([0])));
        // A direction is the cue's if the means move along it by more than they would if donors were no groups at all.
        var noise = groups.Sum(group => (group - group.mean([0])).square().sum().item<float>() / ((double)group.shape[0] * group.shape[0]));
        var (_, sizes, directions) = linalg.svd(means, fullMatrices: false);
        var kept = (int)sizes.square().gt(noise).sum().item<long>();
        return kept == 0 ? null : directions.slice(0, 0, Math.Min(kept, Math.Max(1, classes.Length - 1)), 1).MoveToOuterDisposeScope();
    }

    private static Tensor Places(long[] donors, long label) =>
        tensor(Enumerable.Range(0, donors.Length).Where(at => donors[at] == label).ToArray(), int64);
}
