using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse;

/// <summary>The loss and the accuracy of a network with the reconstruction inserted: a layer's activations replaced by the autoencoder's
/// output.</summary>
/// <param name="Count">The number of images.</param>
/// <param name="Loss">The mean cross-entropy of the network as it is.</param>
/// <param name="LossInserted">With the reconstruction in place of the activations.</param>
/// <param name="LossZero">With zeros in their place.</param>
/// <param name="LossMean">With the mean of each input in their place.</param>
/// <param name="Accuracy">The fraction of correct predictions by the network as it is.</param>
/// <param name="AccuracyInserted">With the reconstruction.</param>
public sealed record InsertedReconstruction(
    int Count,
    double Loss,
    double LossInserted,
    double LossZero,
    double LossMean,
    double Accuracy,
    double AccuracyInserted)
{
    /// <summary>The loss recovered: 0 for zero ablation, 1 for the unchanged network; undefined (NaN) where zero ablation loses nothing.</summary>
    public double RecoveredFromZero => Share(LossZero);

    /// <summary>The loss recovered relative to mean ablation.</summary>
    public double RecoveredFromMean => Share(LossMean);

    /// <summary>Evaluates the network with the reconstruction inserted at every location of every image.</summary>
    internal static InsertedReconstruction Of(Autoencoder autoencoder, Classifier network, ImageSet set, string layer, RunContext run)
    {
        Require.That(
            set.Labels.All(label => label < network.Classes),
            $"{set.Name} has label {set.Labels.Max()}, but the network knows only {network.Classes} classes.");
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (activations, labels) = (CutActivations.Store(network, set, layer, run), set.LabelTensor().to(run.Device.ToTorch()));
        var mean = CutActivations.Rows(activations).mean([0]);
        var (clean, accuracy) = Evaluated(null);
        var (inserted, accuracyInserted) = Evaluated(autoencoder.call);
        var (zero, average) = (Evaluated(rows => zeros_like(rows)).Loss, Evaluated(rows => mean.expand_as(rows)).Loss);
        return new(set.Count, clean, inserted, zero, average, accuracy, accuracyInserted);

        (double Loss, double Accuracy) Evaluated(Func<Tensor, Tensor>? change)
        {
            using var inner = NewDisposeScope();
            var logits = CutActivations.Logits(network, layer, activations, change);
            return (nn.functional.cross_entropy(logits, labels).item<float>(), logits.argmax(1).eq(labels).to_type(float64).mean().item<double>());
        }
    }

    private double Share(double worst) => worst == Loss ? double.NaN : (worst - LossInserted) / (worst - Loss);
}
