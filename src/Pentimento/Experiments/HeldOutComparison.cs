using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;

namespace Pentimento.Experiments;

/// <summary>Images that no method learned from, and by what networks are compared on them beside their accuracy.</summary>
/// <param name="Images">The images.</param>
internal abstract record HeldOutComparison(ImageSet Images)
{
    /// <summary>What contradicts the shortcut, in words that follow a number or a set's name.</summary>
    public abstract string Meaning { get; }

    /// <summary>The images that contradict it, or are made to.</summary>
    public abstract int[] Places { get; }

    /// <summary>How the two sets are called in tables.</summary>
    public IReadOnlyList<string> Names => [$"{Images.Name} held out", $"{Images.Name} {Meaning}"];

    /// <summary>What is compared besides the accuracy on all images, in words.</summary>
    public string Rule => Places.Length > 0
        ? $"on the {Numbers.Whole(Places.Length)} of them {Meaning}"
        : $"on the worst class of them, because there are none {Meaning}";

    /// <summary>What a network predicts whose classes may be numbered otherwise.</summary>
    /// <exception cref="BadInputException">The images do not fit the network.</exception>
    public HeldOutOutcome OfFitted(Classifier network, RunContext run)
    {
        var fitted = ClassAgreement.Fitted(network, Images);
        ClassAgreement.Check(network, fitted);
        return (this with { Images = fitted }).Of(network, run);
    }

    /// <summary>What a network predicts.</summary>
    /// <exception cref="BadInputException">The images do not fit the network, or show fewer than two classes.</exception>
    public abstract HeldOutOutcome Of(Classifier network, RunContext run);

    /// <summary>One of the contradicting images as networks see it, float32 (C, H, W) in [0, 1]; null where it is as it is in the set.</summary>
    /// <param name="at">Which of <see cref="Places"/>.</param>
    public virtual float[]? Changed(int at) => null;
}

/// <summary>What a network predicts of held-out images.</summary>
/// <param name="Own">bool (N), whether it is right of each image as it is.</param>
/// <param name="Swapped">bool (M), the same of the images that contradict the shortcut, or are made to.</param>
/// <param name="Followed">-1 to 1: predictions that are the donor's class, less those that are it without its cue; empty where no cue was
/// swapped.</param>
/// <param name="Accuracies">The accuracies on both.</param>
internal sealed record HeldOutOutcome(bool[] Own, bool[] Swapped, double[] Followed, IReadOnlyList<SetAccuracy> Accuracies)
{
    /// <summary>The classes behind <see cref="Own"/>.</summary>
    public long[] OwnClasses { get; init; } = [];

    /// <summary>The classes behind <see cref="Swapped"/>.</summary>
    public long[] SwappedClasses { get; init; } = [];

    /// <summary>The accuracy of the class that has the lowest, which stands in where no image contradicts the shortcut.</summary>
    public double WorstClass { get; init; }

    /// <summary>The two accuracies by which networks are compared.</summary>
    public HeldOutScore Score => Swapped.Length == 0
        ? new(Share.Of(Own).Value, WorstClass) { AllError = Error(Own) }
        : new(Share.Of(Own).Value, Share.Of(Swapped).Value) { AllError = Error(Own), BiasConflictingError = Error(Swapped) };

    private static double Error(bool[] right) => Math.Sqrt(Share.Of(right).Value * (1 - Share.Of(right).Value) / right.Length);
}
