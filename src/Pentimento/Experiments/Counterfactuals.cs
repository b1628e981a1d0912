using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Experiments;

/// <summary>Images as they are and with the cue of an image of another class: the same pairs for every network.</summary>
/// <param name="Images">The images.</param>
/// <param name="Cue">The cue.</param>
/// <param name="Plan">Who gets whose cue; donors are drawn by their labels, so that no network decides on them.</param>
internal sealed record Counterfactuals(ImageSet Images, Cue Cue, SwapPlan Plan) : HeldOutComparison(Images)
{
    /// <summary>Draws the donors.</summary>
    public static Counterfactuals Of(ImageSet images, Cue cue, RunContext run)
    {
        int[] all = [.. Enumerable.Range(0, images.Count)];
        return new(images, cue.FittedTo(images, run.Cancel), SwapPlan.Of(images.Labels, images.Labels, all, run.Seed.For("counterfactuals")));
    }

    /// <inheritdoc/>
    public override string Meaning => $"with the {Both.NameOf(Cue)} of an image of another class";

    /// <inheritdoc/>
    public override int[] Places => Plan.Places;

    /// <inheritdoc/>
    public override HeldOutOutcome Of(Classifier network, RunContext run)
    {
        using var scope = NewDisposeScope();
        using var subject = new ExaminedNetwork(network, Images, run);
        var (features, logits) = subject.Swapped(Cue, Plan.Places, Plan.First, "swap the cue");
        using var read = features;
        using var scores = logits;
        var first = ExaminedNetwork.ClassesOf(scores);
        var second = subject.SwappedClasses(Cue, Plan.Places, Plan.Second, "swap the cue");
        bool[] Correct(long[] predicted) => [.. predicted.Zip(Images.Labels, (found, label) => found == label)];
        return new(
            Correct(subject.Predicted), Correct(first), CueFollowing.Of(Plan, Images.Labels, first, second).Differences,
            [SetAccuracy.Of(network, Images, run) with { Data = Names[0] }, SetAccuracy.Of(scores, Images) with { Data = Names[1] }])
        {
            OwnClasses = subject.Predicted,
            SwappedClasses = first,
        };
    }

    /// <inheritdoc/>
    public override float[]? Changed(int at)
    {
        using var scope = NewDisposeScope();
        Tensor Image(int place) => Pixels.Batch(Images, tensor(new long[] { place }));
        return Cue.Swap(Image(Plan.Places[at]), Image(Plan.First[at])).contiguous().data<float>().ToArray();
    }
}
