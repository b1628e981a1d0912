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
/// <param name="Evaluations">How the network does on each set that was asked for; they select nothing.</param>
public sealed record EpochRecord(
    int Epoch,
    int Steps,
    double Loss,
    double Accuracy,
    double? Penalty,
    double LearningRate,
    double Seconds,
    IReadOnlyList<double> Losses,
    IReadOnlyList<SetAccuracy> Evaluations)
{
    /// <summary>The unweighted penalty's mean over the same parts of the epoch as the losses; none where the objective has none.</summary>
    public IReadOnlyList<double> Penalties { get; init; } = [];

    /// <summary>How the network does on the held-out images, which alone may select an epoch; one entry an environment.</summary>
    public IReadOnlyList<SetAccuracy> Validations { get; init; } = [];
}
