using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Networks;
using Pentimento.Training.Objectives;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>
/// Trains a network that names the colour, then another to whose last features the first one's are added in training: what the colour tells
/// is there already and
/// need not be learned. At last only the last layer learns on, from the network's own features, because nothing is added when it is asked.
/// </summary>
/// <remarks>
/// Sarridis, Koutlis, Papadopoulos and Diou, 2024, "BAdd: bias mitigation through bias addition", arXiv:2408.11439, with its fine-tuning on
/// the network's own features.
/// The authors' later toolkit, VB-Mitigator, leaves that out. Its networks end in averages after batch normalisation, whose features are of
/// one length in both; here they are brought to one.
/// </remarks>
/// <param name="Attribute">What misleads: colors, or another attribute of the images.</param>
/// <param name="BiasEpochs">How long the first network is trained; it must name the colour also where that contradicts the label.</param>
/// <param name="LastLayerEpochs">How long the last layer learns on without what was added.</param>
public sealed record BiasAdditive(string Attribute = "colors", [Range(1, 100_000)] int BiasEpochs = 3, [Range(1, 100_000)] int LastLayerEpochs = 1)
    : Procedure
{
    private const double Tiny = 1e-8;

    /// <inheritdoc/>
    public override Supervision Needs(Objective objective) => Supervision.Colors | objective.Needs;

    /// <inheritdoc/>
    public override Trained Train(Architecture architecture, Course course, Environments environments, TrainingLog logbook, RunContext run)
    {
        Require.That(course.Objective is not Fishr, $"bias-additive cannot show fishr the features that the last layer reads.");
        var named = new Environments([
            .. environments.Sets.Select(set => new ImageSet(set.Name, set.PixelArray, set.AttributeOf(Attribute), [], set.Shape)),
        ]);
        var first = new Course
        {
            Epochs = BiasEpochs,
            Batch = course.Batch,
            Precision = course.Precision,
        };
        using var bias = new SingleStage().Train(architecture, first, named, logbook.For("bias"), run.For("bias")).Network;
        var network = environments.Build(architecture, "weights", run);
        // Its modules are the network's own, which lives on. Alone, the network is not yet what it will be, so no epoch is selected.
        Trainer.Train(Added(network, bias), course with { Selection = new LastEpoch() }, environments, logbook.For("added"), run);
        return new(network, TrainLast(network, course with { Epochs = LastLayerEpochs }, environments, logbook, run.For("last layer")));
    }

    /// <summary>A network that answers as the first does, and in training with the second one's last features added to its own, as long as
    /// these on average.</summary>
    internal static Classifier Added(Classifier network, Classifier bias)
    {
        return new(network.Architecture, network.Shape, network.Classes, [new Layer("together", LayerKind.Other, Answer, network, Maps: false)]);

        Tensor Answer(Tensor images, Classifier together)
        {
            if (!together.training) return network.call(images);
            network.Dice = together.Dice;
            var (own, added) = (network.Open(images).Features, bias.Open(images).Features.detach());
            // A trained network's features are hundreds of times as long as a new one's; the last layer would need none but them, and
            // nothing would be learned.
            return network.Close(own + (added * (Length(own.detach()) / Length(added).clamp(min: Tiny))));
        }
    }

    private static Tensor Length(Tensor features) => features.norm(1).mean();

    /// <summary>Trains the last layer alone, on the network's own features.</summary>
    internal static IReadOnlyList<EpochRecord> TrainLast(
        Classifier network,
        Course course,
        Environments environments,
        TrainingLog logbook,
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
            return Trainer.Train(network, course, environments, logbook, run);
        }
        finally
        {
            before.ForEach(parameter => parameter.requires_grad = true);
        }
    }
}
