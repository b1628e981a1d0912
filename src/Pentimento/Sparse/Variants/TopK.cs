using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse.Variants;

/// <summary>TopK: the k largest activations of each row are kept; an auxiliary loss lets dead features explain the residual.</summary>
/// <remarks>
/// Makhzani and Frey, 2013, "k-Sparse autoencoders", arXiv:1312.5663; the auxiliary loss is that of Gao et al., 2024, "Scaling and evaluating sparse
/// autoencoders", arXiv:2406.04093, section A.2.
/// </remarks>
/// <param name="K">k, the active features of a row at most.</param>
/// <param name="Auxiliary">α, how much the error of the dead features weighs.</param>
[Called("top-k")]
internal sealed record TopK([Range(1, 1_000_000)] int K = 16, [Range(0.0, 1000.0)] double Auxiliary = 1 / 32.0) : Variant
{
    /// <inheritdoc/>
    internal override Tensor Encode(Autoencoder autoencoder, Tensor rows) => Largest(autoencoder.Preactivations(rows), K, rectified: true);

    /// <inheritdoc/>
    internal override string Form(OnnxBuilder writer, Autoencoder autoencoder, string preactivations) =>
        writer.Add("Relu", "features", [writer.Largest("largest", preactivations, Math.Min(K, autoencoder.Features))]);

    /// <inheritdoc/>
    internal override StepOutput TrainingLoss(Autoencoder autoencoder, Tensor rows, Tensor? dead)
    {
        var preactivations = autoencoder.Preactivations(rows);
        var features = Largest(preactivations, K, rectified: true);
        var rebuilt = autoencoder.Decode(features);
        var loss = SquaredError(rebuilt, rows);
        if (dead is not null) loss += Auxiliary * AuxiliaryError(autoencoder, preactivations, (rows - rebuilt).detach(), dead);
        return new(loss, features, rebuilt);
    }

    /// <summary>The k largest values of each row, 0 elsewhere.</summary>
    /// <param name="values">float32 (N, F).</param>
    /// <param name="k">How many; all, where there are fewer.</param>
    /// <param name="rectified">Whether those below 0 count as 0.</param>
    internal static Tensor Largest(Tensor values, long k, bool rectified = false)
    {
        var (largest, places) = values.topk((int)Math.Min(k, values.shape[1]), 1, largest: true, sorted: false);
        return zeros_like(values).scatter_(1, places, rectified ? largest.relu() : largest);
    }

    /// <summary>The auxiliary loss: the squared error with which the dead features of the largest preactivations reconstruct the residual, summed
    /// over inputs, the mean over rows.</summary>
    /// <param name="autoencoder">The weights.</param>
    /// <param name="preactivations">h, float32 (N, F).</param>
    /// <param name="error">x - x̂ without gradient, float32 (N, C).</param>
    /// <param name="dead">bool (F).</param>
    internal static Tensor AuxiliaryError(Autoencoder autoencoder, Tensor preactivations, Tensor error, Tensor dead)
    {
        var (few, many) = (dead.sum().item<long>(), autoencoder.Inputs / 2);
        if (few == 0) return zeros(1).sum();
        // No more than half of the inputs' number take part, and a few dead ones weigh little: one alone cannot explain everything.
        var chosen = Largest(preactivations.masked_fill(dead.logical_not(), float.NegativeInfinity), Math.Min(many, few));
        return Math.Min(1.0, (double)few / many) * SquaredError(chosen.matmul(autoencoder.Decoder), error);
    }
}
