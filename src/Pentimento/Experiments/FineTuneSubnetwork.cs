using Pentimento.Networks;
using Pentimento.Training;
using Pentimento.Training.Procedures;

namespace Pentimento.Experiments;

/// <summary>Takes a bias-invariant subnetwork from the user's network: its weights stay as they are, or become 0.</summary>
internal static class FineTuneSubnetwork
{
    /// <summary>Learns which units, or weights, to keep, by what is known of the bias: a cue is swapped between images; an attribute's values are the
    /// bias; else the predictions of a network that was trained to be biased are.</summary>
    /// <exception cref="BadInputException">The network has no weights before its last layer.</exception>
    public static void Extract(Classifier network, FineTuneTraining training, Pruned pruned, RunContext run)
    {
        using var images = Images(network, training, run);
        var steps = training.Options.Epochs * Math.Max(1, training.Images.Count / training.Options.Batch);
        new InvariantSubnetwork(pruned).Extract(network, images, steps, run);
    }

    private static IBiasBatches Images(Classifier network, FineTuneTraining training, RunContext run)
    {
        if (training.Cue is { } cue) return new CueSwapped(training.Images, network.Classes, cue, training.Options.Batch, run);
        if (training.Attribute is { } attribute)
        {
            var known = training.KnownImages;
            return new BiasBalanced(known, known.AttributeOf(attribute), training.Options.Batch, run);
        }

        var published = new ConfusionBalanced();
        using var biased = new SelectiveRetraining(published.Part, published.Rounds, published.Kept).Train(
            training.Begin, new() { Epochs = 1, Batch = training.Options.Batch }, training.Images, TrainingLog.Empty, run.For("biased"));
        return new BiasBalanced(training.Images, Evaluation.Predictor.Classes(biased, training.Images, run), training.Options.Batch, run);
    }
}
