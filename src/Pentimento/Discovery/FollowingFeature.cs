using MathNet.Numerics.Distributions;
using Pentimento.Cues;
using Pentimento.Evaluation;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>A feature of an autoencoder that follows a cue: it rises in images that get the cue of one class.</summary>
/// <param name="Feature">Its index.</param>
/// <param name="Class">The class whose cue raises it most surely.</param>
/// <param name="Raised">By how much more than the cues of other classes do, in deviations of the feature over images with and without; its largest
/// value in a map counts.</param>
/// <param name="Followed">The share of predictions that become that class by its cue.</param>
/// <param name="Without">The same with the feature ablated.</param>
public sealed record FollowingFeature(int Feature, long Class, double Raised, ConfidenceInterval Followed, ConfidenceInterval Without)
{
    private const int Images = 400;
    private const int Few = 100;
    private const int Most = 5;
    private const int FewestDonors = 10;
    private const double Error = 0.05;

    /// <summary>The features that rise most, of those that surely do (Welch's test, Bonferroni over features and classes).</summary>
    /// <param name="features">The network and its autoencoder.</param>
    /// <param name="subject">The images.</param>
    /// <param name="cue">The cue.</param>
    /// <param name="plan">Who gets whose cue, in an order drawn at random.</param>
    /// <param name="run">Device, progress and cancellation.</param>
    internal static IReadOnlyList<FollowingFeature> Of(
        SwappedFeatures features, ExaminedNetwork subject, Cue cue, SwapPlan plan, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var some = plan.Part(..Math.Min(subject.IsLarge ? Few : Images, plan.Places.Length));
        Tensor Peaks(int[] donors) => features.Peaks(subject, cue, some.Places, donors, run);
        // An image that is its own donor stays as it is.
        var original = Peaks(some.Places);
        var (first, second) = (Peaks(some.First), Peaks(some.Second));
        var moves = cat([first - original, second - original]);
        long[] donors = [.. some.First.Concat(some.Second).Select(at => subject.Predicted[at])];
        var found = Risen(moves / cat([original, first, second]).std(0).clamp(min: 1e-6), donors);
        if (found.Count == 0) return [];
        int[] indices = [.. found.Select(one => one.Feature)];
        long[][] Without(int[] row) => features.PredictedWithout(indices, subject, cue, some.Places, row, run);
        long[] Predicted(int[] row) => subject.SwappedClasses(cue, some.Places, row, "look for features");
        CueFollowing Following(long[] one, long[] other) => CueFollowing.Of(some, subject.Predicted, one, other);
        var whole = Following(Predicted(some.First), Predicted(some.Second));
        var (firsts, seconds) = (Without(some.First), Without(some.Second));
        return
        [
            .. found.Select((one, at) => new FollowingFeature(
                one.Feature, one.Class, one.Raised, whole.Of(one.Class), Following(firsts[at], seconds[at]).Of(one.Class))),
        ];
    }

    /// <summary>The features that surely rise more with donors of one class than with all others, each with that class.</summary>
    /// <param name="moves">float32 (N, F), by how much each feature rose.</param>
    /// <param name="donors">int64 (N), the class of each donor.</param>
    internal static List<(int Feature, long Class, double Raised)> Risen(Tensor moves, long[] donors)
    {
        using var scope = NewDisposeScope();
        long[] classes = [.. donors.CountBy(label => label).Where(one => one.Value >= FewestDonors).Select(one => one.Key).Order()];
        if (classes.Length < 2) return [];
        var (rises, scores) = (new List<Tensor>(), new List<Tensor>());
        foreach (var label in classes)
        {
            var own = tensor(Array.ConvertAll(donors, donor => donor == label));
            var (with, others) = (moves.index(TensorIndex.Tensor(own)), moves.index(TensorIndex.Tensor(own.logical_not())));
            var rise = with.mean([0]) - others.mean([0]);
            var error = ((with.var(0) / with.shape[0]) + (others.var(0) / others.shape[0])).sqrt();
            rises.Add(rise);
            // A feature that never changes has no error, and no rise either.
            scores.Add(rise / error.clamp(min: 1e-6));
        }

        var sure = Normal.InvCDF(0, 1, 1 - (Error / (classes.Length * moves.shape[1])));
        var (best, at) = stack(scores).max(0);
        var raised = stack(rises).gather(0, at.unsqueeze(0)).squeeze(0).data<float>().ToArray();
        var (score, of) = (best.data<float>().ToArray(), at.data<long>().ToArray());
        return
        [
            .. Enumerable.Range(0, score.Length).Where(feature => score[feature] > sure).OrderByDescending(feature => raised[feature]).Take(Most)
                .Select(feature => (feature, classes[of[feature]], (double)raised[feature])),
        ];
    }
}
