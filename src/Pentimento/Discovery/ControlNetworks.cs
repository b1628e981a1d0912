using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>
/// The control networks of a discovery, of the same kind as the user's: one whose last layer was fitted anew with the cue swapped at
/// random, so that the cue says nothing,
/// and one for which everything was the same but the cue came from the image's own class, so that it still says the class. What sets them
/// apart is the cue alone.
/// </summary>
/// <remarks>Each is fitted twice, to one half of the swapped images, and predicts images to which it was not fitted.</remarks>
internal sealed class ControlNetworks : IDisposable
{
    private readonly Readout[] blind;
    private readonly Readout[] sighted;
    private readonly int[] half;
    private readonly long[] classes;

    private ControlNetworks(Readout[] blind, Readout[] sighted, int[] half, long[] classes) =>
        (this.blind, this.sighted, this.half, this.classes) = (blind, sighted, half, classes);

    /// <summary>Fits both.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="plan">Who got whose cue.</param>
    /// <param name="any">Features with the cue of any images.</param>
    /// <param name="own">Features with the cue of images of the own class.</param>
    public static ControlNetworks Of(ExaminedNetwork subject, SwapPlan plan, IReadOnlyList<Tensor> any, IReadOnlyList<Tensor> own)
    {
        var half = new int[subject.Set.Count];
        Array.Fill(half, -1);
        foreach (var (at, place) in plan.Places.Index()) half[place] = at % 2;
        long[] labels = [.. plan.Places.Select(place => subject.Set.Labels[place])];
        Readout Fit(int side, IReadOnlyList<Tensor> parts)
        {
            using var scope = NewDisposeScope();
            int[] chosen = [.. Enumerable.Range(0, labels.Length).Where(at => at % 2 == side)];
            var places = tensor(chosen, int64);
            return new(
                cat([.. parts.Select(part => part.index_select(0, places))]),
                [.. parts.SelectMany(_ => chosen.Select(at => labels[at]))],
                subject.Classes);
        }

        return new([Fit(0, any), Fit(1, any)], [Fit(0, own), Fit(1, own)], half, subject.Classes);
    }

    /// <summary>Predictions of images that were swapped by the plan, each by the fit to the other half.</summary>
    /// <param name="features">float32 (M, F), in the plan's order.</param>
    /// <param name="cueSaysNothing">Which of the two networks.</param>
    public long[] OfPlan(Tensor features, bool cueSaysNothing)
    {
        var fits = cueSaysNothing ? blind : sighted;
        var (even, odd) = (fits[1].Predict(features), fits[0].Predict(features));
        return [.. even.Select((found, at) => at % 2 == 0 ? found : odd[at])];
    }

    /// <summary>Predictions of the set's images as they are, each by fits that have not seen it.</summary>
    /// <param name="features">float32 (N, F).</param>
    /// <param name="cueSaysNothing">Which of the two networks.</param>
    public long[] OfSet(Tensor features, bool cueSaysNothing)
    {
        using var scope = NewDisposeScope();
        var fits = cueSaysNothing ? blind : sighted;
        var scores = fits.Select(fit => fit.Scores(features)).ToArray();
        var side = tensor(half, int64).unsqueeze(1);
        return Readout.ClassesOf(where(side.eq(0), scores[1], where(side.eq(1), scores[0], (scores[0] + scores[1]) / 2)), classes);
    }

    public void Dispose()
    {
        foreach (var fit in blind.Concat(sighted)) fit.Dispose();
    }
}
