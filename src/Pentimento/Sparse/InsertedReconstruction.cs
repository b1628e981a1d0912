using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse;

/// <summary>What a network still knows when a layer's activations are replaced by their reconstruction.</summary>
/// <param name="Count">How many images.</param>
/// <param name="Loss">The mean cross-entropy of the network as it is.</param>
/// <param name="LossSpliced">With the reconstruction in place of the activations.</param>
/// <param name="LossZero">With zeros in their place.</param>
/// <param name="LossMean">With the mean of each input in their place.</param>
/// <param name="Accuracy">The share answered right by the network as it is.</param>
/// <param name="AccuracySpliced">With the reconstruction.</param>
public sealed record InsertedReconstruction(
    int Count,
    double Loss,
    double LossSpliced,
    double LossZero,
    double LossMean,
    double Accuracy,
    double AccuracySpliced)
{
    /// <summary>The share of the loss between zeros (0) and the untouched network (1) that the reconstruction keeps; undefined (NaN) where zeros lose
    /// nothing.</summary>
    public double RecoveredFromZero => Share(LossZero);

    /// <summary>The same from the mean of each input upwards.</summary>
    public double RecoveredFromMean => Share(LossMean);

    /// <summary>Measures an autoencoder in its network, at every place of every image.</summary>
    public static InsertedReconstruction Of(Autoencoder autoencoder, Classifier network, ImageSet set, string layer, RunContext run)
    {
        Require.That(
            set.Labels.All(label => label < network.Classes),
            $"{set.Name} has label {set.Labels.Max()}, but the network knows only {network.Classes} classes.");
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (activations, labels) = (Cut.Store(network, set, layer, run), set.LabelTensor().to(run.Device.ToTorch()));
        var mean = Cut.Rows(activations).mean([0]);
        var (clean, right) = Judged(null);
        var (spliced, rightSpliced) = Judged(autoencoder.call);
        return new(set.Count, clean, spliced, Judged(rows => zeros_like(rows)).Loss, Judged(rows => mean.expand_as(rows)).Loss, right, rightSpliced);

        (double Loss, double Accuracy) Judged(Func<Tensor, Tensor>? change)
        {
            using var inner = NewDisposeScope();
            var logits = Cut.Logits(network, layer, activations, change);
            return (nn.functional.cross_entropy(logits, labels).item<float>(), logits.argmax(1).eq(labels).to_type(float64).mean().item<double>());
        }
    }

    private double Share(double worst) => worst == Loss ? double.NaN : (worst - LossSpliced) / (worst - Loss);
}
