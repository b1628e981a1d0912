using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;

namespace Pentimento.Training;

/// <summary>The options of a training: everything that decides it besides the network and the data.</summary>
public sealed record TrainingOptions
{
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

    /// <summary>The floating-point type of forward and backward pass.</summary>
    public Precision Precision { get; init; }

    /// <summary>c, the coefficient of an L2 penalty, c times the sum of squared weights and biases; unlike an optimizer's weight decay it is
    /// divided where the loss is.</summary>
    [Range(0.0, 10.0)]
    public double WeightPenalty { get; init; }

    /// <summary>The data augmentation of each batch; none by default.</summary>
    public Augmentation Augment { get; init; } = new Unchanged();

    /// <summary>Model selection: the epoch whose weights are kept.</summary>
    public Selection Selection { get; init; } = new LastEpoch();
}
