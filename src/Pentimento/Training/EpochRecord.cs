using Pentimento.Evaluation;

namespace Pentimento.Training;

/// <summary>The metrics of one epoch of training.</summary>
/// <param name="Epoch">The epoch's number, 1 for the first.</param>
/// <param name="Steps">Steps taken so far.</param>
/// <param name="Loss">The mean loss over the epoch.</param>
/// <param name="Accuracy">The training accuracy, measured on the batches as they came.</param>
/// <param name="Penalty">The mean unweighted penalty over the epoch; null where the objective has none.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="Seconds">The duration of the epoch's steps.</param>
/// <param name="Losses">The mean loss over each twentieth of the epoch's steps, or over each step where there are fewer.</param>
/// <param name="Evaluations">The accuracy on each evaluated set; these sets select nothing.</param>
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
    /// <summary>The mean unweighted penalty over the same parts of the epoch as the losses; none where the objective has none.</summary>
    public IReadOnlyList<double> Penalties { get; init; } = [];

    /// <summary>The accuracy on the held-out images, which alone may select an epoch; one entry an environment.</summary>
    public IReadOnlyList<SetAccuracy> Validations { get; init; } = [];
}
