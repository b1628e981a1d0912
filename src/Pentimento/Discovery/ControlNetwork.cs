using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>
/// A control network of a discovery, of the same kind as the user's: its last layer was fitted anew while images had the cue of others. Where those
/// show every class alike the cue says nothing; where they come from the image's own class it still says the class, and everything else is the same.
/// What sets the two apart is the cue alone.
/// </summary>
/// <remarks>It is fitted twice, to one half of the swapped images, and predicts images to which it was not fitted.</remarks>
internal sealed class ControlNetwork : IDisposable
{
    private readonly Readout even;
    private readonly Readout odd;
    private readonly int[] half;
    private readonly long[] classes;

    /// <summary>Fits it.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="plan">Who got whose cue.</param>
    /// <param name="swapped">Features of the plan's images, float32 (M, F), with the cue of one donor each, and of another.</param>
    /// <param name="donors">Whose cue they have, if it is to say nothing of the class: then images with the cue of their own class count for one
    /// class of all.</param>
    public ControlNetwork(ExaminedNetwork subject, SwapPlan plan, IReadOnlyList<Tensor> swapped, IReadOnlyList<int[]>? donors = null)
    {
        (classes, half) = (subject.Classes, new int[subject.Set.Count]);
        Array.Fill(half, -1);
        foreach (var (at, place) in plan.Places.Index()) half[place] = at % 2;
        long[] labels = [.. plan.Places.Select(place => subject.Set.Labels[place])];
        Readout Fit(int side)
        {
            using var scope = NewDisposeScope();
            int[] chosen = [.. Enumerable.Range(0, labels.Length).Where(at => at % 2 == side)];
            var places = tensor(chosen, int64);
            bool[]? own = donors is null ? null : [.. donors.SelectMany(row => chosen.Select(at => subject.Set.Labels[row[at]] == labels[at]))];
            return new(
                cat([.. swapped.Select(part => part.index_select(0, places))]),
                [.. swapped.SelectMany(_ => chosen.Select(at => labels[at]))],
                classes,
                own is null ? null : tensor(Balanced(own, classes.Length)).unsqueeze(1));
        }

        (even, odd) = (Fit(0), Fit(1));
    }

    /// <summary>How much each image counts where those with the cue of their own class are to be one in as many as there are classes: on average
    /// 1.</summary>
    internal static float[] Balanced(bool[] own, int classes)
    {
        var share = own.Average(one => one ? 1.0 : 0);
        // Where all or none are, no weights can make it so.
        if (share is 0 or 1) return [.. own.Select(_ => 1f)];
        var (mine, others) = (1.0 / classes / share, (1 - (1.0 / classes)) / (1 - share));
        return [.. own.Select(one => (float)(one ? mine : others))];
    }

    /// <summary>Predictions of images that were swapped by the plan, each by the fit to the other half.</summary>
    /// <param name="features">float32 (M, F), in the plan's order.</param>
    public long[] OfPlan(Tensor features)
    {
        var (first, second) = (odd.Predict(features), even.Predict(features));
        return [.. first.Select((found, at) => at % 2 == 0 ? found : second[at])];
    }

    /// <summary>Predictions of the set's images as they are, each by fits that have not seen it.</summary>
    /// <param name="features">float32 (N, F).</param>
    public long[] OfSet(Tensor features)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (even.Scores(features), odd.Scores(features));
        var side = tensor(half, int64).unsqueeze(1);
        return Readout.ClassesOf(where(side.eq(0), second, where(side.eq(1), first, (first + second) / 2)), classes);
    }

    public void Dispose()
    {
        even.Dispose();
        odd.Dispose();
    }
}
