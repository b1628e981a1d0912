using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Bias-invariant subnetwork extraction: trains a network, freezes its weights and learns which of its units to keep, so that what is left
/// predicts the class and tells nothing of the bias.</summary>
/// <remarks>
/// De Moura Matos, Sad Saoud, Iakovleva, Pastore and Tartaglione, 2026, "Bias in, bias out? Finding unbiased subnetworks in vanilla models"
/// (BISE, CVPR), arXiv:2603.05582, and, for single weights, Nahon, De Moura Matos, Nguyen and Tartaglione, 2024, "Debiasing surgeon: fantastic
/// weights and how to find them", arXiv:2403.14200. From their abstracts: masks on a frozen network, learned with a reweighted cross-entropy and
/// a penalty on the mutual information between the bias and what an auxiliary head reads of it in the features. Ours, because the text was not at
/// hand: cells of class and bias are sampled equally often instead of weighted, gates are sigmoids that harden as a temperature falls from 1 to
/// 0.02, the head is linear and the information is estimated on each batch.
/// </remarks>
/// <param name="Pruned">What is kept or set to zero: units, or single weights.</param>
/// <param name="Invariance">γ, the weight of the mutual information, in nats.</param>
/// <param name="MaskEpochs">Number of epochs in which the masks are learned.</param>
/// <param name="Attribute">The bias: color, or another attribute of the images.</param>
internal sealed record InvariantSubnetwork(
    Pruned Pruned = Pruned.Units, [Range(0.0, 1000.0)] double Invariance = 0.1, [Range(1, 100_000)] int MaskEpochs = 5,
    string Attribute = ImageSet.Color) : Procedure
{
    private const double Rate = 0.1;
    private const double LastTemperature = 0.02;

    /// <inheritdoc/>
    internal override Procedure For(string attribute) => Attribute == ImageSet.Color ? this with { Attribute = attribute } : this;

    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => Supervision.Colors | objective.RequiredSupervision;

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        var set = environments.Pooled();
        var bias = set.AttributeOf(Attribute);
        var trained = new SingleStage().Train(architecture, options, environments, log, run);
        var watch = Stopwatch.StartNew();
        using var images = new BiasBalanced(set, bias, options.Batch, run);
        Extract(trained.Network, images, Math.Max(1, set.Count / options.Batch) * MaskEpochs, run);
        return LastLayer.AddEpoch(trained, watch.Elapsed, options, log, run);
    }

    /// <summary>Sets units, or weights, to zero.</summary>
    /// <param name="network">The network; weights become 0, and no other value.</param>
    /// <param name="images">The images, in which the bias tells nothing of the class.</param>
    /// <param name="steps">Number of batches.</param>
    /// <param name="run">Seed, progress and cancellation.</param>
    /// <returns>The share of the gates that are closed.</returns>
    /// <exception cref="BadInputException">The network has no weights before its last layer.</exception>
    internal double Extract(Classifier network, IBiasBatches images, int steps, RunContext run)
    {
        using var scope = NewDisposeScope();
        network.eval();
        var first = images.Next(0).Images;
        var gates = new WeightGates(network, Pruned, first.narrow(0, 0, 1));
        using var optimizer = new Adam(Rate).Begin(gates.Scores);
        using var head = new BiasHead(FeaturesOf(network, first), images.Biases, run);
        var pieces = new PiecewiseStep(network, Precision.Float32, (int)first.shape[0], run);
        var closed = 0.0;
        for (var step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            var batch = images.Next(step);
            foreach (var parameter in network.parameters()) parameter.grad?.zero_();
            optimizer.Rate = Rate * new Cosine().At((double)step / steps);
            var temperature = Math.Pow(LastTemperature, (double)step / steps);
            gates.Apply(temperature);
            pieces.Backward(batch.Images, run.Seed.For("dropout"), (features, logits) =>
                nn.functional.cross_entropy(logits, batch.Labels) + (Invariance * head.Information(features, batch.Bias)));
            gates.PassGradients(temperature);
            optimizer.Step();
            if (step % 20 == 0 || step == steps - 1) closed = gates.Closed;
            run.Report(new("learn masks", step + 1, steps, $"{100 * closed:0.0}% set to zero"));
        }

        gates.Apply(0);
        network.DropoutGenerator = null;
        foreach (var parameter in network.parameters()) parameter.grad?.zero_();
        return closed;
    }

    private static Tensor FeaturesOf(Classifier network, Tensor images)
    {
        using var still = no_grad();
        return network.Open(images).Features;
    }
}
