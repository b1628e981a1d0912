using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Experiments;

/// <summary>Images that no method learned from, as they are and with the cue of an image of another class: the same pairs for every
/// network.</summary>
/// <param name="Images">The images.</param>
/// <param name="Cue">The cue.</param>
/// <param name="Plan">Who gets whose cue; donors are drawn by their labels, so that no network decides on them.</param>
internal sealed record Counterfactuals(ImageSet Images, Cue Cue, SwapPlan Plan)
{
    /// <summary>Draws the donors.</summary>
    public static Counterfactuals Of(ImageSet images, Cue cue, Seed seed) =>
        new(images, cue.FittedTo(images), SwapPlan.Of(images.Labels, images.Labels, [.. Enumerable.Range(0, images.Count)], seed));

    /// <summary>How the two sets are called in tables.</summary>
    public IReadOnlyList<string> Names => [$"{Images.Name} held out", $"{Images.Name} {Meaning}"];

    /// <summary>What was done to the images, in words that follow their number.</summary>
    public string Meaning => $"with the {Catalog.NameOf(Cue)} of an image of another class";

    /// <summary>What a network predicts.</summary>
    /// <exception cref="BadInputException">The images do not fit the network, or show fewer than two classes.</exception>
    public CounterfactualOutcome Of(Classifier network, RunContext run)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var subject = new Subject(network, Images, run);
        var (features, logits) = subject.Swapped(Cue, Plan.Places, Plan.First, "swap the cue");
        using var read = features;
        using var scores = logits;
        var first = Subject.ClassesOf(scores);
        var second = subject.SwappedClasses(Cue, Plan.Places, Plan.Second, "swap the cue");
        bool[] Correct(long[] predicted) => [.. predicted.Zip(Images.Labels, (found, label) => found == label)];
        return new(
            Correct(subject.Predicted), Correct(first), Following.Of(Plan, Images.Labels, first, second).Differences,
            [SetAccuracy.Of(network, Images, run) with { Data = Names[0] }, SetAccuracy.Of(scores, Images) with { Data = Names[1] }]);
    }
}

/// <summary>What a network predicts of held-out images.</summary>
/// <param name="Own">bool (N), whether it is right of each image as it is.</param>
/// <param name="Swapped">The same with the cue of an image of another class.</param>
/// <param name="Followed">(N), -1 to 1: predictions that are the donor's class, less those that are it without its cue.</param>
/// <param name="Accuracies">The accuracies on both.</param>
internal sealed record CounterfactualOutcome(bool[] Own, bool[] Swapped, double[] Followed, IReadOnlyList<SetAccuracy> Accuracies)
{
    /// <summary>The two accuracies by which networks are compared.</summary>
    public HeldOutScore Score => new(Share.Of(Own).Value, Share.Of(Swapped).Value) { AllError = Error(Own), BiasConflictingError = Error(Swapped) };

    private static double Error(bool[] right) => Math.Sqrt(Share.Of(right).Value * (1 - Share.Of(right).Value) / right.Length);
}
