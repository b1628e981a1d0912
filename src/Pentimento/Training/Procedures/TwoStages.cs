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

    /// <summary>The share of the images on which the first network learns; on few of them little but the shortcut can be learned.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Part { get; init; } = 1;

    /// <summary>How often the first network is trained anew on the images of which the one before is surest, so that it relies on the shortcut
    /// alone.</summary>
    [Range(0, 100)]
    public int Rounds { get; init; }

    /// <summary>The share of each class that is kept in such a round.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Kept { get; init; } = 0.5;

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
        SecondOptions(options);
        var first = new TrainingOptions { Objective = Reference, Epochs = ReferenceEpochs, Batch = options.Batch, Precision = options.Precision };
        using var reference = FirstStage(architecture, first, environments, log, run);
        var second = SecondStage(reference, environments, run);
        var network = second.Build(architecture, "weights", run);
        var history = Trainer.Train(WithReference(network, reference, second), SecondOptions(options), second, log, run);
        network.DropoutGenerator = null;
        return new(network, history);
    }

    /// <summary>Trains the first network alone; the caller disposes it.</summary>
    private Classifier FirstStage(Architecture architecture, TrainingOptions first, Environments environments, TrainingLog log, RunContext run) =>
        Part == 1 && Rounds == 0
            ? new SingleStage().Train(architecture, first, environments, log.For("reference"), run.For("reference")).Network
            : new SelectiveRetraining(Part, Rounds, Kept).Train(architecture, first, environments.Sets[0], log, run);

    /// <summary>Whether the second network is trained on several environments.</summary>
    protected virtual bool FindsEnvironments => false;

    /// <summary>The training images of the second network, with their environments or sampling weights.</summary>
    /// <param name="reference">The first, biased network.</param>
    /// <param name="environments">The training images, one set.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    protected abstract Environments SecondStage(Classifier reference, Environments environments, RunContext run);

    /// <summary>The options of the second network's training: unchanged, unless a procedure has a loss of its own.</summary>
    private protected virtual TrainingOptions SecondOptions(TrainingOptions options) => options;

    /// <summary>The second network as it is trained: unchanged, unless a procedure adds to its logits.</summary>
    /// <param name="network">The second network.</param>
    /// <param name="reference">The first, biased network.</param>
    /// <param name="environments">The training images of the second network.</param>
    protected virtual Classifier WithReference(Classifier network, Classifier reference, Environments environments) => network;
}
