using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>The predicted class of every image of a set, computed once; every classification metric is read from it.</summary>
/// <param name="Data">The set's name.</param>
/// <param name="Classes">int64 (N), the predicted class of each image.</param>
/// <param name="Labels">int64 (N), the true class of each image.</param>
/// <param name="ClassCount">K, the number of classes that the network distinguishes.</param>
internal sealed record Predictions(string Data, long[] Classes, long[] Labels, int ClassCount)
{
    /// <summary>The number of images, N.</summary>
    public int Count => Classes.Length;

    /// <summary>bool (N), whether each predicted class is the true one.</summary>
    public bool[] Correct { get; } = [.. Classes.Zip(Labels, (predicted, label) => predicted == label)];

    /// <summary>The fraction of correct predictions.</summary>
    public Share Accuracy => Share.Of(Correct);

    /// <summary>The accuracy of each class, K shares; a class without images has a share of nothing.</summary>
    public IReadOnlyList<Share> PerClass
    {
        get
        {
            var (hits, counts) = (new long[ClassCount], new long[ClassCount]);
            for (var at = 0; at < Count; at++)
            {
                counts[Labels[at]]++;
                if (Correct[at]) hits[Labels[at]]++;
            }

            return [.. hits.Zip(counts, (hit, count) => new Share(hit, count))];
        }
    }

    /// <summary>The accuracy of the class that has the lowest, 0..1; classes without images do not count.</summary>
    public double WorstClass => PerClass.Where(share => share.Count > 0).Min(share => share.Value);

    /// <summary>The mean over pairs of classes with images of the difference of their accuracies, 0..1; 0 where there is one class.</summary>
    public double ClassDifference
    {
        get
        {
            double[] values = [.. PerClass.Where(share => share.Count > 0).Select(share => share.Value)];
            return values.SelectMany((one, at) => values.Skip(at + 1).Select(other => Math.Abs(one - other))).DefaultIfEmpty(0).Average();
        }
    }

    /// <summary>The confusion matrix, [true class][predicted class] counts.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Confusion
    {
        get
        {
            var counts = Enumerable.Range(0, ClassCount).Select(_ => new int[ClassCount]).ToArray();
            for (var at = 0; at < Count; at++) counts[Labels[at]][Classes[at]]++;
            return counts;
        }
    }

    /// <summary>The accuracy of each group that occurs: the images of one class with one value of an attribute.</summary>
    /// <param name="attribute">int64 (N), the value of each image.</param>
    public IReadOnlyDictionary<(long Label, long Attribute), Share> Groups(long[] attribute) =>
        Enumerable.Range(0, Count)
            .GroupBy(at => (Labels[at], attribute[at]))
            .OrderBy(group => group.Key)
            .ToDictionary(group => group.Key, group => Share.Of([.. group.Select(at => Correct[at])]));

    /// <summary>The accuracy of each of several groups of images.</summary>
    /// <param name="groupOf">int (N), the group of each image.</param>
    /// <param name="count">The number of groups.</param>
    internal IReadOnlyList<Share> By(IReadOnlyList<int> groupOf, int count)
    {
        var (hits, counts) = (new long[count], new long[count]);
        for (var at = 0; at < Count; at++)
        {
            counts[groupOf[at]]++;
            if (Correct[at]) hits[groupOf[at]]++;
        }

        return [.. hits.Zip(counts, (hit, all) => new Share(hit, all))];
    }

    /// <summary>The fraction of images whose predicted class differs between two predictions of the same images.</summary>
    public Share Flips(Predictions other) => Share.Of([.. Classes.Zip(other.Classes, (one, two) => one != two)]);

    /// <summary>The predictions of some of the images.</summary>
    /// <param name="places">Which ones, in this order.</param>
    internal Predictions Pick(int[] places) =>
        new(Data, Array.ConvertAll(places, place => Classes[place]), Array.ConvertAll(places, place => Labels[place]), ClassCount);

    /// <summary>Evaluates a network once on every image of a set.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="set">The images and their labels.</param>
    /// <param name="run">Device, progress and cancellation.</param>
    /// <exception cref="BadInputException">The images do not fit the network.</exception>
    public static Predictions Of(Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        return Of(Predictor.Logits(network, set, run), set);
    }

    /// <summary>Evaluates a network on a set whose classes may have other numbers than the network's: they are the same by their names.</summary>
    /// <exception cref="BadInputException">The images or their classes do not fit the network.</exception>
    public static Predictions OfFitted(Classifier network, ImageSet set, RunContext run)
    {
        var fitted = ClassAgreement.Fitted(network, set);
        ClassAgreement.Check(network, fitted);
        return Of(network, fitted, run);
    }

    /// <summary>Takes the arg max of logits.</summary>
    /// <param name="logits">float32 (N, K).</param>
    /// <param name="set">The images that they belong to.</param>
    public static Predictions Of(Tensor logits, ImageSet set)
    {
        using var scope = NewDisposeScope();
        return new(set.Name, logits.argmax(1).data<long>().ToArray(), set.Labels, (int)logits.shape[1]);
    }

    /// <summary>Passes only if every label is one of the network's classes.</summary>
    /// <exception cref="BadInputException">One is not.</exception>
    internal void RequireKnownLabels() => Require.That(
        Labels.All(label => label < ClassCount), $"{Data} has label {Labels.Max()}, but the network knows only {ClassCount} classes.");
}
