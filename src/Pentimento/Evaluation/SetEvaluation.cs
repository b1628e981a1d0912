using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Evaluation;

/// <summary>The classification report of a network on one set: accuracy, per-class accuracy and confusion matrix. Fractions are of 1.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Accuracy">The fraction of correct predictions.</param>
/// <param name="Low">The lower end of its 95% Wilson interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="PerClass">The accuracy of each class; null for a class without images.</param>
/// <param name="Confusion">[true class][predicted class] counts.</param>
public sealed record SetEvaluation(
    string Data, int Count, double Accuracy, double Low, double High, IReadOnlyList<double?> PerClass, IReadOnlyList<IReadOnlyList<int>> Confusion)
{
    /// <summary>The number of damaged pictures that were left out; absent where there were none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Skipped { get; init; }

    /// <summary>The accuracy of each group that has images: a class with certain values of the attributes asked for; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GroupAccuracy>? Groups { get; init; }

    /// <summary>The groups without images: classes and values that occur here or in the training images, but not together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? EmptyGroups { get; init; }

    /// <summary>The accuracy of the group that has the lowest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WorstGroup { get; init; }

    /// <summary>The mean of the groups' accuracies, every group counting the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AverageGroup { get; init; }

    /// <summary>The mean of the groups' accuracies, each weighed by its share of the training images (WILDS' adjusted average); absent where those
    /// are unknown or have a group that has no images here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AdjustedAccuracy { get; init; }

    /// <summary>The training images whose groups weigh the adjusted accuracy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AdjustedTo { get; init; }

    /// <summary>What the worst group would show if all groups were alike.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChanceSpread? Chance { get; init; }

    /// <summary>The worst group beside what chance alone would give, in a sentence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WorstGroupVerdict { get; init; }

    /// <summary>Evaluates a network on every image of a set, once.</summary>
    /// <exception cref="BadInputException">The images or labels do not fit the network.</exception>
    internal static SetEvaluation Of(Classifier network, ImageSet set, RunContext run)
    {
        var fitted = ClassAgreement.Fitted(network, set);
        ClassAgreement.Check(network, fitted);
        return Of(Predictions.Of(network, fitted, run));
    }

    /// <summary>Reads the report from predictions.</summary>
    /// <exception cref="BadInputException">A label is none of the network's classes.</exception>
    internal static SetEvaluation Of(Predictions predictions)
    {
        predictions.RequireKnownLabels();
        var accuracy = predictions.Accuracy;
        return new(
            predictions.Data, predictions.Count, accuracy.Value, accuracy.Low, accuracy.High,
            [.. predictions.PerClass.Select(share => share.Count == 0 ? (double?)null : share.Value)], predictions.Confusion);
    }
}
