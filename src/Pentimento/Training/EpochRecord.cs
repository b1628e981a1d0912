using Pentimento.Evaluation;

namespace Pentimento.Training;

/// <summary>What a training has measured in one epoch.</summary>
/// <param name="Epoch">1 for the first.</param>
/// <param name="Steps">Steps taken so far.</param>
/// <param name="Loss">The objective's mean over the epoch.</param>
/// <param name="Accuracy">The share of training images answered right on the way, as they came.</param>
/// <param name="Penalty">The unweighted penalty's mean over the epoch; null where the objective has none.</param>
/// <param name="LearningRate">The last step's.</param>
/// <param name="Seconds">How long the epoch's steps took.</param>
/// <param name="Losses">The objective's mean over each twentieth of the epoch's steps, or over each step where there are fewer.</param>
/// <param name="Evaluations">Accuracy on each set that was asked for.</param>
public sealed record EpochRecord(
    int Epoch,
    int Steps,
    double Loss,
    double Accuracy,
    double? Penalty,
    double LearningRate,
    double Seconds,
    IReadOnlyList<double> Losses,
    IReadOnlyList<SetAccuracy> Evaluations);

/// <summary>The accuracy on one set after an epoch. Fractions are of 1.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">How many images.</param>
/// <param name="Accuracy">The share answered right.</param>
/// <param name="Low">The lower end of its 95% Wilson interval.</param>
/// <param name="High">The upper end.</param>
public sealed record SetAccuracy(string Data, long Count, double Accuracy, double Low, double High)
{
    /// <summary>From a counted share.</summary>
    public static SetAccuracy Of(string data, Proportion share) => new(data, share.Count, share.Value, share.Low, share.High);
}
