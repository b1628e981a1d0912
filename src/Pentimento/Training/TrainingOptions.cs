using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;

namespace Pentimento.Training;

/// <summary>The options of a training: everything that decides the network besides data and seed.</summary>
public sealed record TrainingOptions
{
    /// <summary>The network's architecture.</summary>
    public Architecture Network { get; init; } = new Cnn3();

    /// <summary>The training procedure: the stages of training that produce the network.</summary>
    public Procedure Procedure { get; init; } = new SingleStage();

    /// <summary>The loss to minimize.</summary>
    public Objective Objective { get; init; } = new EmpiricalRisk();

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>The learning-rate schedule.</summary>
    public Schedule Schedule { get; init; } = new Constant();

    /// <summary>Number of epochs, passes over the training set.</summary>
    [Range(1, 100_000)]
    public int Epochs { get; init; } = 3;

    /// <summary>Batch size, over all environments together.</summary>
    [Range(1, 1_000_000)]
    public int Batch { get; init; } = 256;

    /// <summary>c, the coefficient of an L2 penalty, c times the sum of squared weights and biases; unlike an optimizer's weight decay it is
    /// divided where the loss is.</summary>
    [Range(0.0, 10.0)]
    public double WeightPenalty { get; init; }

    /// <summary>The data augmentation of each batch; none by default.</summary>
    [Chained]
    public Augmentation Augment { get; init; } = new Unchanged();

    /// <summary>The floating-point type of forward and backward pass; weights and loss stay float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>Model selection: the epoch whose weights are kept.</summary>
    public Selection Selection { get; init; } = new LastEpoch();

    /// <summary>The supervision that the training needs besides images and labels.</summary>
    internal Supervision RequiredSupervision => Procedure.RequiredSupervision(Objective) | Augment.RequiredSupervision;

    /// <summary>Trains a network; the caller disposes it.</summary>
    /// <param name="environments">The training images.</param>
    /// <param name="log">The sets that are evaluated after each epoch, and the folder of metrics and checkpoints.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    /// <exception cref="BadInputException">The environments do not fit each other or the procedure.</exception>
    internal TrainedNetwork Train(Environments environments, TrainingLog log, RunContext run) =>
        Procedure.Train(Network, On(run.Device), environments, log, run);

    /// <summary>The options with the precision that is computed in on a device.</summary>
    internal TrainingOptions On(Device device) => this with { Precision = Precision.For(Network, device) };
}
