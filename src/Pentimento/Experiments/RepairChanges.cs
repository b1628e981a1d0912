using Pentimento.Data;

namespace Pentimento.Experiments;

/// <summary>Images of which the repaired network predicts something else than before, for pictures.</summary>
/// <param name="Images">The set of all of them.</param>
/// <param name="Mended">Images that contradict the shortcut and are now predicted correctly.</param>
/// <param name="MendedCount">The number of all such images.</param>
/// <param name="Broken">Images as they are that were predicted correctly and no longer are.</param>
/// <param name="BrokenCount">The number of all such images.</param>
internal sealed record RepairChanges(
    ImageSet Images, IReadOnlyList<ChangedPrediction> Mended, int MendedCount, IReadOnlyList<ChangedPrediction> Broken, int BrokenCount)
{
    private const int Shown = 10;

    /// <summary>Compares predictions.</summary>
    public static RepairChanges Of(HeldOutComparison comparison, HeldOutOutcome before, HeldOutOutcome after)
    {
        int[] mended = [.. Enumerable.Range(0, before.Swapped.Length).Where(at => !before.Swapped[at] && after.Swapped[at])];
        int[] broken = [.. Enumerable.Range(0, before.Own.Length).Where(at => before.Own[at] && !after.Own[at])];
        return new(
            comparison.Images,
            [.. mended.Take(Shown).Select(at => new ChangedPrediction(
                comparison.Places[at], comparison.Changed(at), before.SwappedClasses[at], after.SwappedClasses[at]))],
            mended.Length,
            [.. broken.Take(Shown).Select(at => new ChangedPrediction(at, null, before.OwnClasses[at], after.OwnClasses[at]))],
            broken.Length);
    }
}

/// <summary>One image of which another class is predicted.</summary>
/// <param name="Place">The image's place in the set.</param>
/// <param name="Pixels">The image as the networks saw it, float32 (C, H, W) in [0, 1]; null where it is as it is in the set.</param>
/// <param name="Before">What the network predicted as it came.</param>
/// <param name="After">What the repaired one predicts.</param>
internal sealed record ChangedPrediction(int Place, float[]? Pixels, long Before, long After);
