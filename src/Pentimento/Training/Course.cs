using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using Pentimento.Training.Augmentations;
using Pentimento.Training.Objectives;

namespace Pentimento.Training;

/// <summary>Everything that a training is, besides its network and its data.</summary>
public sealed record Course
{
    /// <summary>What is made small.</summary>
    public Objective Objective { get; init; } = new EmpiricalRisk();

    /// <summary>How weights follow the gradient.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>How the learning rate goes.</summary>
    public Schedule Schedule { get; init; } = new Constant();

    /// <summary>How often all images are seen.</summary>
    [Range(1, 100_000)]
    public int Epochs { get; init; } = 3;

    /// <summary>Images in one step, over all environments.</summary>
    [Range(1, 1_000_000)]
    public int Batch { get; init; } = 256;

    /// <summary>The numbers in which the network computes.</summary>
    public Precision Precision { get; init; }

    /// <summary>c, in the loss as c times the sum of squared weights and biases; unlike an optimiser's weight decay it is divided where the
    /// loss is.</summary>
    [Range(0.0, 10.0)]
    public double WeightPenalty { get; init; }

    /// <summary>What is done to the images of each step; nothing unless it is asked for.</summary>
    public Augmentation Augment { get; init; } = new Unchanged();

    /// <summary>Which epoch's weights are kept.</summary>
    public Selection Selection { get; init; } = new LastEpoch();
}
