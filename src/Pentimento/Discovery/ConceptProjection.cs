using Pentimento.Cues;
using Pentimento.Evaluation;
using static Pentimento.Evaluation.Numbers;
using static TorchSharp.torch;

namespace Pentimento.Discovery;

/// <summary>How far a few directions of what the last layer reads account for the predictions that follow a cue: they are projected out.</summary>
/// <remarks>
/// As concept activation vectors are projected out by P-ClArC (Anders et al., 2022, "Finding and removing Clever Hans", arXiv:1912.11425), at the
/// last layer. Theirs are the weights of a linear classifier between images with an artefact and without; these are the mean moves of images that get
/// the cue of each class, so that a cue with a value for each class has as many directions as it needs. They are found in one half of the images and
/// projected out in the other.
/// </remarks>
/// <param name="Directions">How many there are.</param>
/// <param name="Followed">The share of predictions that follow the cue as it is, in those images.</param>
/// <param name="Without">The same without these directions.</param>
/// <param name="Random">The same without as many directions drawn at random from how the features differ between images.</param>
/// <param name="Accuracy">The accuracy on those images, without the cue of others.</param>
/// <param name="AccuracyWithout">The same without these directions.</param>
public sealed record ConceptProjection(
    int Directions, ConfidenceInterval Followed, ConfidenceInterval Without, ConfidenceInterval Random, Share Accuracy, Share AccuracyWithout)
{
    private const int Images = 600;
    private const int Few = 200;

    /// <summary>What it says, in a sentence.</summary>
    internal string Text =>
        $"Without {(Directions == 1 ? "the direction" : $"the {Directions} directions")} in which the cue moves what the last layer reads (P-ClArC), "
            + $"{Percent(Without.Value)} of predictions follow it ({Interval(Without.Low, Without.High)}) instead of {Percent(Followed.Value)}, "
            + $"without as many at random {Percent(Random.Value)}; the accuracy is {Percent(AccuracyWithout.Value)} instead of "
            + $"{Percent(Accuracy.Value)}.";

    /// <summary>Finds the directions and takes them away; null where the cue moves nothing beyond chance.</summary>
    /// <param name="subject">The network and its images.</param>
    /// <param name="cue">The cue.</param>
    /// <param name="plan">Who gets whose cue, in an order drawn at random.</param>
    /// <param name="seed">Decides the random directions.</param>
    internal static ConceptProjection? Of(ExaminedNetwork subject, Cue cue, SwapPlan plan, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var some = plan.Part(..Math.Min(subject.IsLarge ? Few : Images, plan.Places.Length));
        var half = some.Places.Length / 2;
        var original = subject.WholeFeatures(null, some.Places, []);
        var (first, second) = (subject.WholeFeatures(cue, some.Places, some.First), subject.WholeFeatures(cue, some.Places, some.Second));
        Tensor Found(Tensor rows) => rows.slice(0, 0, half, 1);
        Tensor Tested(Tensor rows) => rows.slice(0, half, rows.shape[0], 1);
        long[] Classes(int[] donors) => [.. donors[..half].Select(at => subject.Predicted[at])];
        var moves = cat([Found(first) - Found(original), Found(second) - Found(original)]);
        if (CueDirections.Of(moves, [.. Classes(some.First), .. Classes(some.Second)]) is not { } basis) return null;
        var middle = cat([Found(first), Found(second)]).mean([0], keepdim: true);
        var tested = some.Part(half..);
        long[] Predicted(Tensor features, Tensor? without) =>
            subject.ClosedClasses(without is null ? features : features - (features - middle).mm(without.t()).mm(without));
        ConfidenceInterval Follow(Tensor? without) =>
            CueFollowing.Of(tested, subject.Predicted, Predicted(Tested(first), without), Predicted(Tested(second), without)).Mean;
        Share Right(Tensor? without) =>
            Share.Of([.. Predicted(Tested(original), without).Zip(tested.Places, (found, at) => found == subject.Set.Labels[at])]);
        var random = RandomBasis(Found(original), (int)basis.shape[0], seed);
        return new((int)basis.shape[0], Follow(null), Follow(basis), Follow(random), Right(null), Right(basis));
    }

    /// <summary>Random mixtures of how images differ, made orthonormal: directions in which features vary as much as they do.</summary>
    private static Tensor RandomBasis(Tensor features, int count, Seed seed)
    {
        using var scope = NewDisposeScope();
        using var generator = seed.For("random directions").On(CPU);
        var mixed = randn([count, features.shape[0]], float32, generator: generator).mm(features - features.mean([0], keepdim: true));
        return linalg.qr(mixed.t()).Q.t().contiguous().MoveToOuterDisposeScope();
    }
}
