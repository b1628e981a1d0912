using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse.Variants;

/// <summary>The Matryoshka autoencoder: nested dictionaries, each of which must reconstruct the rows alone, so that general features come first and
/// are not split up.</summary>
/// <remarks>Bussmann, Nabeshima, Karvonen and Nanda, 2025, "Learning multi-level features with matryoshka sparse autoencoders",
/// arXiv:2503.17547, on batch-top-k.</remarks>
/// <param name="K">k, the active features of a row on average, over all levels.</param>
/// <param name="Levels">The number of nested dictionaries; each is half of the next.</param>
/// <param name="Auxiliary">α, how much the error of the dead features weighs, as for top-k.</param>
internal sealed record Matryoshka(
    [Range(1, 1_000_000)] int K = 16, [Range(1, 20)] int Levels = 4, [Range(0.0, 1000.0)] double Auxiliary = 1 / 32.0) : Variant
{
    private BatchTopK Selection => new(K, Auxiliary);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Extras => Selection.Extras;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scaled => Selection.Scaled;

    /// <inheritdoc/>
    internal override Tensor Encode(Autoencoder autoencoder, Tensor rows) => Selection.Encode(autoencoder, rows);

    /// <inheritdoc/>
    internal override string Form(OnnxBuilder writer, Autoencoder autoencoder, string preactivations) =>
        BatchTopK.AboveForm(writer, autoencoder, preactivations);

    /// <inheritdoc/>
    internal override StepOutput TrainingLoss(Autoencoder autoencoder, Tensor rows, Tensor? dead)
    {
        var preactivations = autoencoder.Preactivations(rows);
        var features = BatchTopK.Shared(preactivations, K);
        var (rebuilt, loss) = ((Tensor)autoencoder.DecoderBias, zeros(1, device: rows.device).sum());
        var start = 0L;
        foreach (var end in Ends(autoencoder.Features))
        {
            rebuilt += features.narrow(1, start, end - start).matmul(autoencoder.Decoder.narrow(0, start, end - start));
            loss += SquaredError(rebuilt, rows) / Levels;
            start = end;
        }

        if (dead is not null) loss += Auxiliary * TopK.AuxiliaryError(autoencoder, preactivations, (rows - rebuilt).detach(), dead);
        return new(loss, features, rebuilt);
    }

    /// <inheritdoc/>
    internal override void FinalizeWeights(Autoencoder autoencoder, Tensor rows) => Selection.FinalizeWeights(autoencoder, rows);

    /// <summary>Where each dictionary ends, the smallest first.</summary>
    private IEnumerable<long> Ends(long features) => Enumerable.Range(0, Levels).Select(level => Math.Max(1, features >> (Levels - 1 - level)));
}
