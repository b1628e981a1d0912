using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>The accuracy and the loss of a network on one set. Fractions are of 1.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Accuracy">The fraction of correct predictions.</param>
/// <param name="Low">The lower end of its 95% Wilson interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Loss">The mean cross-entropy, in nats.</param>
/// <param name="WorstClass">The accuracy of the class that has the lowest.</param>
public sealed record SetAccuracy(string Data, long Count, double Accuracy, double Low, double High, double Loss, double WorstClass)
{
    /// <summary>The accuracy of the group that has the lowest, where groups were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WorstGroup { get; init; }

    /// <summary>The mean difference of accuracy between two classes, where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ClassDifference { get; init; }

    /// <summary>Evaluates a network on every image of a set, once.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="set">The images.</param>
    /// <param name="run">Device, progress and cancellation.</param>
    /// <param name="groupsBy">The attribute that makes groups together with the label; null for no groups.</param>
    /// <param name="byClasses">Whether classes are compared.</param>
    /// <exception cref="BadInputException">The images or labels do not fit the network, or the set does not have the attribute.</exception>
    internal static SetAccuracy Of(Classifier network, ImageSet set, RunContext run, string? groupsBy = null, bool byClasses = false)
    {
        var fitted = ClassAgreement.Fitted(network, set);
        ClassAgreement.Check(network, fitted);
        using var logits = Predictor.Logits(network, fitted, run);
        var accuracy = Of(logits, fitted);
        if (byClasses) accuracy = accuracy with { ClassDifference = Predictions.Of(logits, fitted).ClassDifference };
        return groupsBy is null ? accuracy : accuracy with { WorstGroup = GroupEvaluation.Worst(Predictions.Of(logits, fitted), fitted, groupsBy) };
    }

    /// <summary>Reads the accuracy off the logits of a set, float32 (N, K).</summary>
    internal static SetAccuracy Of(Tensor logits, ImageSet set)
    {
        using var scope = NewDisposeScope();
        var predictions = Predictions.Of(logits, set);
        predictions.RequireKnownLabels();
        var share = predictions.Accuracy;
        var loss = nn.functional.cross_entropy(logits, set.LabelTensor()).item<float>();
        return new(set.Name, share.Count, share.Value, share.Low, share.High, loss, predictions.WorstClass);
    }
}
