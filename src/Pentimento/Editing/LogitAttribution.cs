using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Editing;

/// <summary>What every feature has to do with every logit, in three ways that need not agree.</summary>
/// <param name="Correlation">[F][K] Pearson's correlation of the feature, its strongest place, with the logit over images: what goes
/// together.</param>
/// <param name="Direct">[F][K] by how much the logit rises per unit of the feature: its direction through the rest of the network, to first
/// order, the mean over images.</param>
/// <param name="Causal">[F][K] by how much the feature holds the logit up: the logit as it is less the logit without the feature, the mean
/// over images where it is active.</param>
/// <param name="Active">[F] the share of images where the feature is active.</param>
public sealed record LogitAttribution(
    IReadOnlyList<IReadOnlyList<double>> Correlation,
    IReadOnlyList<IReadOnlyList<double>> Direct,
    IReadOnlyList<IReadOnlyList<double>> Causal,
    IReadOnlyList<double> Active)
{
    /// <summary>Measures all three on a set.</summary>
    /// <param name="network">In evaluation mode; not changed.</param>
    /// <param name="autoencoder">Where features are.</param>
    /// <param name="layer">The cut that it takes apart.</param>
    /// <param name="set">The images.</param>
    /// <param name="run">Hears about progress.</param>
    public static LogitAttribution Of(Classifier network, Autoencoder autoencoder, string layer, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        var activations = Cut.Store(network, set, layer, run);
        using var table = new AblationCache(network, autoencoder, layer, activations, zeros(autoencoder.Features, device: activations.device));
        var strongest = table.Features.amax([2]).t();
        return new(
            Matrix(Correlate(strongest, table.Logits)), Matrix(autoencoder.Decoder.matmul(Slopes(network, layer, activations))), Causes(table, run),
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
    private static Tensor Slopes(Classifier network, string layer, Tensor activations)
    {
        var free = activations.detach().requires_grad_();
        var logits = network.Tail(free, layer);
        return stack([.. Enumerable.Range(0, (int)logits.shape[1]).Select(answer =>
        {
            using var inner = NewDisposeScope();
            var slope = Cut.Rows(autograd.grad([logits.select(1, answer).sum()], [free], retain_graph: true)[0]);
            return (slope.sum([0]) / activations.shape[0]).MoveToOuterDisposeScope();
        })], 1);
    }

    private static List<IReadOnlyList<double>> Causes(AblationCache table, RunContext run)
    {
        var causes = new List<IReadOnlyList<double>>();
        for (var feature = 0; feature < table.Features.shape[0]; feature++)
        {
            using var inner = NewDisposeScope();
            causes.Add(table.Without(feature) is var (images, logits)
                ? (table.Logits.index_select(0, images) - logits).mean([0]).to_type(float64).cpu().data<double>().ToArray()
                : new double[table.Logits.shape[1]]);
            run.Report(new("causal effects", feature + 1, table.Features.shape[0]));
        }

        return causes;
    }

    private static IReadOnlyList<IReadOnlyList<double>> Matrix(Tensor values) =>
        [.. values.detach().to_type(float64).cpu().contiguous().data<double>().ToArray().Chunk((int)values.shape[1])];
}
