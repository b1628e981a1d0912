using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>
/// Bias addition: trains a network to predict the color, then a second one to whose last features the first one's are added in training, so that
/// information on the color need not be learned. Its last layer is then fine-tuned on its own features, because nothing is added at inference.
/// </summary>
/// <remarks>
/// Sarridis, Koutlis, Papadopoulos and Diou, 2024, "BAdd: bias mitigation through bias addition", arXiv:2408.11439, with its fine-tuning on
/// the network's own features. The authors' later toolkit, VB-Mitigator, leaves that out. Its networks end in averages after batch
/// normalization, whose features have the same norm in both; here they are rescaled to it.
/// </remarks>
/// <param name="Attribute">The bias attribute: color, or another attribute of the images.</param>
/// <param name="BiasEpochs">Number of epochs of the first network; it must predict the color also of bias-conflicting images.</param>
/// <param name="LastLayerEpochs">Number of epochs of fine-tuning the last layer without the added features.</param>
internal sealed record BiasAdditive(string Attribute = ImageSet.Color, [Range(1, 100_000)] int BiasEpochs = 3,
    [Range(1, 100_000)] int LastLayerEpochs = 1)
    : Procedure
{
    private const double Tiny = 1e-8;

    /// <inheritdoc/>
    internal override Procedure For(string attribute) => Attribute == ImageSet.Color ? this with { Attribute = attribute } : this;

    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => Supervision.Colors | objective.RequiredSupervision;

    /// <inheritdoc/>
    internal override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        Require.That(options.Objective is not Fishr, $"bias-additive cannot give fishr the inputs of the last layer.");
        var labelledByBias = new Environments([
            .. environments.Sets.Select(set => set.Relabelled(set.AttributeOf(Attribute))),
        ]);
        var first = new TrainingOptions
        {
            Epochs = BiasEpochs,
            Batch = options.Batch,
            Precision = options.Precision,
        };
        using var bias = new SingleStage().Train(architecture, first, labelledByBias, log.For("bias"), run.For("bias")).Network;
        var network = environments.Build(architecture, "weights", run);
        // Its modules are the network's own, which is returned. The last layer is not yet fine-tuned, so no epoch is selected.
        Trainer.Train(Added(network, bias), options with { Selection = new LastEpoch() }, environments, log.For("added"), run);
        return new(network, TrainLast(network, options with { Epochs = LastLayerEpochs }, environments, log, run.For("last layer")));
    }

    /// <summary>The first network, in training with the second one's last features added to its own, rescaled to the same mean norm.</summary>
    internal static Classifier Added(Classifier network, Classifier bias)
    {
        return new(network.Architecture, network.Shape, network.Classes, [new Layer("together", LayerKind.Other, Forward, network, Maps: false)]);

        Tensor Forward(Tensor images, Classifier together)
        {
            if (!together.training) return network.call(images);
            network.DropoutGenerator = together.DropoutGenerator;
            var (own, added) = (network.Open(images).Features, bias.Open(images).Features.detach());
            // The norm of a trained network's features is hundreds of times a new one's; the last layer would use the added ones alone, and
            // nothing would be learned.
            return network.Close(own + (added * (MeanNorm(own.detach()) / MeanNorm(added).clamp(min: Tiny))));
        }
    }

    private static Tensor MeanNorm(Tensor features) => features.norm(1).mean();

    /// <summary>Fine-tunes the last layer alone, on the network's own features.</summary>
    internal static IReadOnlyList<EpochRecord> TrainLast(
        Classifier network,
        TrainingOptions options,
        Environments environments,
        TrainingLog log,
        RunContext run)
    {
        var last = $"{network.Cuts.Last()}.";
        var before = network
            .named_parameters()
            .Where(named => named.parameter.requires_grad && !named.name.StartsWith(last, StringComparison.Ordinal))
            .Select(named => named.parameter)
            .ToList();
        try
        {
            before.ForEach(parameter => parameter.requires_grad = false);
            return Trainer.Train(network, options, environments, log, run);
        }
        finally
        {
            before.ForEach(parameter => parameter.requires_grad = true);
        }
    }
}
