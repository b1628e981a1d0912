using System.ComponentModel.DataAnnotations;
using Pentimento.Sparse.Variants;
using Pentimento.Training;

namespace Pentimento.Sparse;

/// <summary>Everything that the training of an autoencoder is, besides its activations.</summary>
public sealed record AutoencoderTrainingOptions
{
    /// <summary>How features become active.</summary>
    public Variant Variant { get; init; } = new TopK();

    /// <summary>Features for each input.</summary>
    [Range(0.01, 1000.0)]
    public double Width { get; init; } = 4;

    /// <summary>Where directions start, and how far they may go.</summary>
    public Directions Directions { get; init; } = Directions.Free;

    /// <summary>How weights follow the gradient.</summary>
    public Optimizer Optimizer { get; init; } = new Adam(LearningRate: 2e-3);

    /// <summary>How the learning rate goes.</summary>
    public Schedule Schedule { get; init; } = new OneCycle(Rise: 0.1);

    /// <summary>How often all rows are seen.</summary>
    [Range(1, 100_000)]
    public int Epochs { get; init; } = 30;

    /// <summary>Rows in one step.</summary>
    [Range(1, 1_000_000)]
    public int Batch { get; init; } = 1024;
}
