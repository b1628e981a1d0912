using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse;

/// <summary>A kind of sparse autoencoder: its activation function and its loss.</summary>
[Family("autoencoders")]
public abstract record Variant
{
    /// <summary>Reads a SPEC: a name of the catalogue with its hyper-parameters.</summary>
    /// <exception cref="BadInputException">The name or a hyper-parameter is unknown, or a value is out of range.</exception>
    public static implicit operator Variant(string spec) => Catalog.Read<Variant>(spec);

    /// <summary>Weights (F) beyond encoder, decoder and their biases: each name with the value at which it starts.</summary>
    public virtual IReadOnlyDictionary<string, double> Extras => new Dictionary<string, double>();

    /// <summary>Which of the <see cref="Extras"/> are measured in activations, and so grow with them.</summary>
    public virtual IReadOnlyList<string> Scaled => [];

    /// <summary>Encodes rows at inference: no row depends on another.</summary>
    /// <param name="autoencoder">The weights.</param>
    /// <param name="rows">float32 (N, C).</param>
    /// <returns>float32 (N, F).</returns>
    internal abstract Tensor Encode(Autoencoder autoencoder, Tensor rows);

    /// <summary>Writes <see cref="Encode"/> as ONNX.</summary>
    /// <param name="writer">Takes the nodes and their weights.</param>
    /// <param name="autoencoder">The weights.</param>
    /// <param name="preactivations">The value (..., F) of <see cref="Autoencoder.Preactivations"/>.</param>
    /// <returns>The value (..., F) of the features.</returns>
    internal abstract string Form(OnnxBuilder writer, Autoencoder autoencoder, string preactivations);

    /// <summary>Computes the training loss of a batch.</summary>
    /// <param name="autoencoder">The weights.</param>
    /// <param name="rows">float32 (N, C), a batch.</param>
    /// <param name="dead">bool (F), the features that have not been active for long; null where there are none.</param>
    internal abstract StepOutput TrainingLoss(Autoencoder autoencoder, Tensor rows, Tensor? dead);

    /// <summary>Finalizes the weights after training.</summary>
    /// <param name="autoencoder">The weights.</param>
    /// <param name="rows">float32 (N, C), all that it was trained on.</param>
    internal virtual void FinalizeWeights(Autoencoder autoencoder, Tensor rows)
    {
    }

    /// <summary>The mean over rows of the sum over inputs of (x̂ - x)².</summary>
    protected internal static Tensor SquaredError(Tensor rebuilt, Tensor rows) => (rebuilt - rows).square().sum() / rows.shape[0];
}

/// <summary>The forward pass of one training step.</summary>
/// <param name="Loss">A scalar, with gradient.</param>
/// <param name="Features">The activations, float32 (N, F).</param>
/// <param name="Rebuilt">The reconstruction, float32 (N, C).</param>
internal readonly record struct StepOutput(Tensor Loss, Tensor Features, Tensor Rebuilt);
