using System.ComponentModel.DataAnnotations;
using Pentimento.Networks;
using Pentimento.Training.Objectives;

namespace Pentimento.Training.Procedures;

/// <summary>A two-stage procedure: a first, biased network relies on the shortcut, and its errors are the supervision of the second.</summary>
internal abstract record TwoStages : Procedure
{
    /// <summary>The loss of the first network: one that favors a shortcut.</summary>
    public Objective Reference { get; init; } = new GeneralizedCrossEntropy();

    /// <summary>Number of epochs of the first network; a shortcut is learned first.</summary>
    [Range(1, 100_000)]
    public int ReferenceEpochs { get; init; } = 1;

    /// <inheritdoc/>
    internal override Supervision RequiredSupervision(Objective objective) => Supervision.Nothing;

    /// <inheritdoc/>
    internal sealed override TrainedNetwork Train(
        Architecture architecture, TrainingOptions options, Environments environments, TrainingLog log, RunContext run)
    {
        // Images are separated by the first network, not by where they come from.
        environments = new([environments.Pooled()]);
        // Before the first network is trained for nothing.
        options.Objective.CheckEnvironments(FindsEnvironments ? 2 : 1);
        var first = new TrainingOptions { Objective = Reference, Epochs = ReferenceEpochs, Batch = options.Batch, Precision = options.Precision };
        using var reference = new SingleStage().Train(architecture, first, environments, log.For("reference"), run.For("reference")).Network;
        var second = SecondStage(reference, environments, run);
        var network = second.Build(architecture, "weights", run);
        var history = Trainer.Train(WithReference(network, reference, second), options, second, log, run);
        network.DropoutGenerator = null;
        return new(network, history);
    }

    /// <summary>Whether the second network is trained on several environments.</summary>
    protected virtual bool FindsEnvironments => false;

    /// <summary>The training images of the second network, with their environments or sampling weights.</summary>
    /// <param name="reference">The first, biased network.</param>
    /// <param name="environments">The training images, one set.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    protected abstract Environments SecondStage(Classifier reference, Environments environments, RunContext run);

    /// <summary>The second network as it is trained: unchanged, unless a procedure adds to its logits.</summary>
    /// <param name="network">The second network.</param>
    /// <param name="reference">The first, biased network.</param>
    /// <param name="environments">The training images of the second network.</param>
    protected virtual Classifier WithReference(Classifier network, Classifier reference, Environments environments) => network;
}
