using System.ComponentModel.DataAnnotations;
using Pentimento.Sparse.Variants;
using Pentimento.Training;

namespace Pentimento.Sparse.Training;

/// <summary>The training options of a sparse autoencoder.</summary>
internal sealed record AutoencoderTrainingOptions
{
    /// <summary>The kind of autoencoder.</summary>
    public Variant Variant { get; init; } = new TopK();

    /// <summary>The number of features for each input (expansion factor).</summary>
    [Range(0.01, 1000.0)]
    public double Width { get; init; } = 4;

    /// <summary>The initialization of the directions, and their constraint.</summary>
    public Directions Directions { get; init; } = Directions.Free;

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; init; } = new Adam(LearningRate: 2e-3);

    /// <summary>The schedule of the learning rate.</summary>
    public Schedule Schedule { get; init; } = new OneCycle(Rise: 0.1);

    /// <summary>The number of epochs.</summary>
    [Range(1, 100_000)]
    public int Epochs { get; init; } = 30;

    /// <summary>The batch size.</summary>
    [Range(1, 1_000_000)]
    public int Batch { get; init; } = 1024;
}
