using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse.Variants;

/// <summary>BatchTopK: the k·N largest activations of a batch of N rows are kept, so that the number of active features varies by row.</summary>
/// <remarks>
/// Bussmann, Leask and Nanda, 2024, "BatchTopK sparse autoencoders", arXiv:2412.06410. At inference a row must not depend on its batch: a feature is
/// then active above a threshold, the mean over batches of the smallest activation that was kept (eq. 8).
/// </remarks>
/// <param name="K">k, the active features of a row on average.</param>
/// <param name="Auxiliary">α, how much the error of the dead features weighs, as for top-k.</param>
[Called("batch-top-k")]
internal sealed record BatchTopK([Range(1, 1_000_000)] int K = 16, [Range(0.0, 1000.0)] double Auxiliary = 1 / 32.0) : Variant
{
    private const string Threshold = "threshold";
    private const long Batch = 1024;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Extras => new Dictionary<string, double> { [Threshold] = 0 };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scaled => [Threshold];

    /// <inheritdoc/>
    internal override Tensor Encode(Autoencoder autoencoder, Tensor rows) => Above(autoencoder, rows);

    /// <inheritdoc/>
    internal override string Form(OnnxBuilder writer, Autoencoder autoencoder, string preactivations) =>
        AboveForm(writer, autoencoder, preactivations);

    /// <inheritdoc/>
    internal override StepOutput TrainingLoss(Autoencoder autoencoder, Tensor rows, Tensor? dead)
    {
        var preactivations = autoencoder.Preactivations(rows);
        var features = Shared(preactivations, K);
        var rebuilt = autoencoder.Decode(features);
        var loss = SquaredError(rebuilt, rows);
        if (dead is not null) loss += Auxiliary * TopK.AuxiliaryError(autoencoder, preactivations, (rows - rebuilt).detach(), dead);
        return new(loss, features, rebuilt);
    }

    /// <inheritdoc/>
    internal override void FinalizeWeights(Autoencoder autoencoder, Tensor rows) => SetThreshold(autoencoder, rows, K);

    /// <summary>The positive values above the stored threshold.</summary>
    internal static Tensor Above(Autoencoder autoencoder, Tensor rows)
    {
        var positive = autoencoder.Preactivations(rows).relu();
        return positive * positive.gt(autoencoder.Extra(Threshold));
    }

    /// <summary>Writes the positive values above the stored threshold as ONNX.</summary>
    internal static string AboveForm(OnnxBuilder writer, Autoencoder autoencoder, string preactivations)
    {
        var positive = writer.Add("Relu", "positive", [preactivations]);
        return writer.Above("features", positive, positive, writer.Weight("threshold", autoencoder.Extra(Threshold)));
    }

    /// <summary>The positive ones among the k N largest values of a batch, 0 elsewhere.</summary>
    internal static Tensor Shared(Tensor values, int k)
    {
        var positive = values.relu();
        return positive * positive.ge(Smallest(positive.detach(), k));
    }

    /// <summary>Stores the mean over batches of the smallest value that a batch keeps.</summary>
    internal static void SetThreshold(Autoencoder autoencoder, Tensor rows, int k)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var smallest = new List<Tensor>();
        for (var start = 0L; start < rows.shape[0]; start += Batch)
        {
            using var inner = NewDisposeScope();
            var part = rows.slice(0, start, Math.Min(start + Batch, rows.shape[0]), 1);
            smallest.Add(Smallest(autoencoder.Preactivations(part).relu(), k).MoveToOuterDisposeScope());
        }

        autoencoder.Extra(Threshold).fill_(stack(smallest).mean().item<float>());
    }

    private static Tensor Smallest(Tensor positive, int k)
    {
        var kept = Math.Min(k * positive.shape[0], positive.numel());
        // Ascending order: the kept ones are the last.
        return positive.flatten().kthvalue(positive.numel() - kept + 1, 0).Item1;
    }
}
