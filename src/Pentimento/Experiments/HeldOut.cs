using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>Training images that no method learns from, by which the bench chooses a method: no test set takes part, and no colour.</summary>
/// <param name="All">All of them, of every environment.</param>
/// <param name="BiasConflicting">Those that the model answers wrong: where it keeps to a shortcut, the images that contradict it.</param>
internal sealed record HeldOut(ImageSet All, ImageSet BiasConflicting)
{
    // Of fewer, a single image moves the accuracy by more than methods differ.
    internal const int Fewest = 20;

    /// <summary>Tells the images on which a model fails from the others.</summary>
    /// <param name="model">The network that is to be repaired.</param>
    /// <param name="sets">The held-out images, one set an environment.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    public static HeldOut Of(Classifier model, IReadOnlyList<ImageSet> sets, RunContext run)
    {
        var all = new Environments(sets).Pooled();
        var correct = Predictions.OfFitted(model, all, run).Correct;
        return new(all, all.Pick([.. Enumerable.Range(0, all.Count).Where(at => !correct[at])]));
    }

    /// <summary>What is compared besides the accuracy on all images, in words.</summary>
    public string Rule => Enough
        ? $"on the {BiasConflicting.Count:N0} of them that the model answers wrong"
        : $"on the worst class of them, because the model answers only {BiasConflicting.Count:N0} of them wrong";

    /// <summary>How good a network is: the lower of two accuracies, so that neither is bought with the other.</summary>
    public HeldOutScore Score(Classifier network, RunContext run)
    {
        var all = SetAccuracy.Of(network, All, run);
        return new(all.Accuracy, Enough ? SetAccuracy.Of(network, BiasConflicting, run).Accuracy : all.WorstClass);
    }

    /// <summary>Whether enough images contradict the model to tell methods apart by them.</summary>
    public bool Enough => BiasConflicting.Count >= Fewest;
}

/// <summary>How a network does on held-out images. Fractions are of 1.</summary>
/// <param name="All">Its accuracy on all of them.</param>
/// <param name="BiasConflicting">Its accuracy on those that contradict the model, or on the worst class where these are too few.</param>
public readonly record struct HeldOutScore(double All, double BiasConflicting)
{
    /// <summary>The lower of both.</summary>
    public double Lower => Math.Min(All, BiasConflicting);
}
