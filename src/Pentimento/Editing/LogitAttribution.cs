using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>The attribution of every logit to every feature by correlation, by direct effect and by ablation, which need not agree.</summary>
/// <param name="Correlation">[F][K] Pearson's correlation over images of the feature's largest activation in the map with the
/// logit.</param>
/// <param name="Direct">[F][K] the direct effect: the gradient of the logit by the feature's activation, the mean over
/// images.</param>
/// <param name="Causal">[F][K] the ablation effect: the logit minus the logit with the feature ablated, the mean over images where it is
/// active.</param>
/// <param name="Active">[F] the share of images where the feature is active.</param>
internal sealed record LogitAttribution(
    IReadOnlyList<IReadOnlyList<double>> Correlation,
    IReadOnlyList<IReadOnlyList<double>> Direct,
    IReadOnlyList<IReadOnlyList<double>> Causal,
    IReadOnlyList<double> Active)
{
    /// <summary>Computes all three on a set.</summary>
    /// <param name="network">In evaluation mode; not changed.</param>
    /// <param name="autoencoder">Defines the features.</param>
    /// <param name="layer">The cut whose activations it encodes.</param>
    /// <param name="set">The images.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    internal static LogitAttribution Of(Classifier network, Autoencoder autoencoder, string layer, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        var activations = CutActivations.Store(network, set, layer, run);
        using var cache = new AblationCache(network, autoencoder, layer, activations, zeros(autoencoder.Features, device: activations.device));
        var strongest = cache.Features.amax([2]).t();
        return new(
            Matrix(Correlate(strongest, cache.Logits)),
            Matrix(autoencoder.Decoder.matmul(Gradients(network, layer, activations))),
            AblationEffects(cache, run),
            strongest.ne(0).to_type(float64).mean([0]).cpu().data<double>().ToArray());
    }

    private static Tensor Correlate(Tensor features, Tensor logits)
    {
        var (one, other) = (Standard(features), Standard(logits));
        return one.t().matmul(other) / features.shape[0];
    }

    /// <summary>Columns of mean 0 and variance 1; a constant one is 0.</summary>
    private static Tensor Standard(Tensor columns)
    {
        var centred = columns - columns.mean([0]);
        return centred / centred.square().mean([0]).sqrt().clamp_min(1e-12);
    }

    /// <summary>The gradient of each logit by the activations of a row, float32 (C, K): the mean over images, summed over places.</summary>
    private static Tensor Gradients(Classifier network, string layer, Tensor activations)
    {
        var free = activations.detach().requires_grad_();
        var logits = network.Tail(free, layer);
        return stack([.. Enumerable.Range(0, (int)logits.shape[1]).Select(target =>
        {
            using var inner = NewDisposeScope();
            var gradient = CutActivations.Rows(Differentiation.Gradient(logits.select(1, target).sum(), free, keepGraph: true));
            return (gradient.sum([0]) / activations.shape[0]).MoveToOuterDisposeScope();
        })], 1);
    }

    private static List<IReadOnlyList<double>> AblationEffects(AblationCache cache, RunContext run)
    {
        var effects = new List<IReadOnlyList<double>>();
        for (var feature = 0; feature < cache.Features.shape[0]; feature++)
        {
            using var inner = NewDisposeScope();
            effects.Add(cache.Ablated(feature) is var (images, logits)
                ? (cache.Logits.index_select(0, images) - logits).mean([0]).to_type(float64).cpu().data<double>().ToArray()
                : new double[cache.Logits.shape[1]]);
            run.Report(new("causal effects", feature + 1, cache.Features.shape[0]));
        }

        return effects;
    }

    private static IReadOnlyList<IReadOnlyList<double>> Matrix(Tensor values) =>
        [.. values.detach().to_type(float64).cpu().contiguous().data<double>().ToArray().Chunk((int)values.shape[1])];
}
