using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Evaluation;

/// <summary>What a network makes of one set. Fractions are of 1.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">How many images.</param>
/// <param name="Accuracy">The share answered right.</param>
/// <param name="Low">The lower end of its 95% Wilson interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="PerClass">The accuracy of each class; null for a class without images.</param>
/// <param name="Confusion">[true class][answer] counts.</param>
public sealed record SetEvaluation(
    string Data, int Count, double Accuracy, double Low, double High, IReadOnlyList<double?> PerClass, IReadOnlyList<IReadOnlyList<int>> Confusion)
{
    /// <summary>Asks a network about a set and counts.</summary>
    /// <exception cref="BadInputException">The images or their classes do not fit the network.</exception>
    public static SetEvaluation Of(Classifier network, ImageSet set, RunContext run)
    {
        var fitted = ClassAgreement.Fitted(network, set);
        ClassAgreement.Check(network, fitted);
        return Of(fitted, Predictor.Classes(network, fitted, run), network.Classes);
    }

    /// <summary>Counts answers against labels.</summary>
    /// <param name="set">The images, for their name and labels.</param>
    /// <param name="answers">int64 (N).</param>
    /// <param name="classes">How many classes the network knows.</param>
    /// <exception cref="BadInputException">A label is none of the network's classes.</exception>
    public static SetEvaluation Of(ImageSet set, long[] answers, int classes)
    {
        Require.That(
            set.Labels.All(label => label < classes),
            $"{set.Name} has label {set.Labels.Max()}, but the network knows only {classes} classes.");
        var confusion = Enumerable.Range(0, classes).Select(_ => new int[classes]).ToArray();
        for (var at = 0; at < answers.Length; at++) confusion[set.Labels[at]][answers[at]]++;
        var right = new Share(Enumerable.Range(0, classes).Sum(label => (long)confusion[label][label]), answers.Length);
        var perClass = confusion.Select((row, label) => row.Sum() == 0 ? (double?)null : (double)row[label] / row.Sum());
        return new(set.Name, answers.Length, right.Value, right.Low, right.High, [.. perClass], confusion);
    }
}
