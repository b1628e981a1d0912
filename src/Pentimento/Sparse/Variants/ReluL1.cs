using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse.Variants;

/// <summary>The standard sparse autoencoder, and the seed report's: ReLU features with an L1 penalty.</summary>
/// <remarks>
/// Bricken et al., 2023, "Towards monosemanticity: decomposing language models with dictionary learning", Transformer Circuits. Features are
/// weighed by the length of their direction, so that a long direction buys no cheap activation (Conerly et al., 2024, "Update on how we train SAEs").
/// </remarks>
/// <param name="Sparsity">λ, how much the sum of a row's activations weighs against the squared error of an input, in units of the inputs'
/// mean variance.</param>
[Called("relu-l1")]
internal sealed record ReluL1([Range(0.0, 1000.0)] double Sparsity = 1) : Variant
{
    /// <inheritdoc/>
    internal override Tensor Encode(Autoencoder autoencoder, Tensor rows) => autoencoder.Preactivations(rows).relu_();

    /// <inheritdoc/>
    internal override string Form(OnnxBuilder writer, Autoencoder autoencoder, string preactivations) =>
        writer.Add("Relu", "features", [preactivations]);

    /// <inheritdoc/>
    internal override StepOutput TrainingLoss(Autoencoder autoencoder, Tensor rows, Tensor? dead)
    {
        var features = Encode(autoencoder, rows);
        var rebuilt = autoencoder.Decode(features);
        var penalty = features.matmul(autoencoder.Decoder.norm(1)).mean();
        return new(SquaredError(rebuilt, rows) + (Sparsity * penalty), features, rebuilt);
    }
}
