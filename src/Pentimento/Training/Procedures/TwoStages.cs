using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using Pentimento.Training.Objectives;

namespace Pentimento.Training.Procedures;

/// <summary>A procedure whose first stage is a network that keeps to the shortcut, and whose second learns from where that one fails.</summary>
public abstract record TwoStages : Procedure
{
    /// <summary>The objective of the first network: one that keeps to a shortcut.</summary>
    public Objective Reference { get; init; } = new GeneralizedCrossEntropy();

    /// <summary>How long the first network is trained; a shortcut is learned first.</summary>
    [Range(1, 100_000)]
    public int ReferenceEpochs { get; init; } = 1;

    /// <inheritdoc/>
    public override Supervision Needs(Objective objective) => Supervision.Nothing;

    /// <inheritdoc/>
    public sealed override Trained Train(Architecture architecture, Course course, Environments environments, TrainingLog logbook, RunContext run)
    {
        // Images are told apart here, not by where they come from.
        environments = new([environments.Pooled()]);
        // Before the first network is trained for nothing.
        course.Objective.CheckEnvironments(FindsEnvironments ? 2 : 1);
        var first = new Course { Objective = Reference, Epochs = ReferenceEpochs, Batch = course.Batch, Precision = course.Precision };
        using var reference = new SingleStage().Train(architecture, first, environments, logbook.For("reference"), run.For("reference")).Network;
        var learned = Learn(reference, environments, run);
        var network = learned.Build(architecture, "weights", run);
        var history = Trainer.Train(Together(network, reference, learned), course, learned, logbook, run);
        network.Dice = null;
        return new(network, history);
    }

    /// <summary>Whether the second network is taught with several environments.</summary>
    protected virtual bool FindsEnvironments => false;

    /// <summary>What the second network is taught with.</summary>
    /// <param name="reference">The network that keeps to the shortcut.</param>
    /// <param name="environments">The training images, one set.</param>
    /// <param name="run">Hears about progress.</param>
    protected abstract Environments Learn(Classifier reference, Environments environments, RunContext run);

    /// <summary>How the second network answers while it is taught: as it is, unless a procedure adds something.</summary>
    /// <param name="network">The second network.</param>
    /// <param name="reference">The first one.</param>
    /// <param name="environments">What the second is taught with.</param>
    protected virtual Classifier Together(Classifier network, Classifier reference, Environments environments) => network;
}
