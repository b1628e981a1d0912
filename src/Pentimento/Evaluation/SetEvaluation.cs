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
