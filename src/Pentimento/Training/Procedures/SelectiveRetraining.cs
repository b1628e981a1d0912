using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Trains a network that relies on a shortcut alone: on a small random part of the images, then again and again on the images of which the
/// network before is surest, so that those that contradict the shortcut leave its training set.</summary>
/// <remarks>
/// The multi-stage data-selective retraining of Zhao and Zhang, 2026, "Fine-grained class-conditional distribution balancing for debiased learning"
/// (ICLR), arXiv:2505.06831: a tenth of the images, then the surer half of each class, three times. Each stage takes as many steps as the first
/// network of the other procedures does on all images, a convention of ours.
/// </remarks>
/// <param name="Part">The share of the images on which the first stage learns.</param>
/// <param name="Rounds">How often the surer images are learned anew.</param>
/// <param name="Kept">The share of each class that is kept in a round.</param>
internal sealed record SelectiveRetraining(double Part, int Rounds, double Kept)
{
    /// <summary>Trains the network; the caller disposes it.</summary>
    /// <param name="architecture">What is built.</param>
    /// <param name="options">Loss, batch and the number of epochs, counted over all images.</param>
    /// <param name="set">All images.</param>
    /// <param name="log">The folder of metrics and checkpoints.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    public Classifier Train(Architecture architecture, TrainingOptions options, ImageSet set, TrainingLog log, RunContext run)
    {
        var some = StratifiedDraw.Of(set.Labels, Math.Max(1, (int)Math.Round(Part * set.Count)), run.Seed.For("part"));
        var network = Stage(some, 0);
        for (var round = 1; round <= Rounds; round++)
        {
            using var before = network;
            network = Stage(MostConfident(Confidences(before, set, run), set.Labels, Kept), round);
        }

        return network;

        Classifier Stage(int[] places, int round) => new SingleStage().Train(
            architecture, options with { Epochs = EpochsFor(options, set.Count, places.Length) }, new([set.Pick(places)]),
            log.For($"reference {round}"), run.For($"reference {round}")).Network;
    }

    /// <summary>The surest images of each class, in the order of the set.</summary>
    /// <param name="confidences">(N), the probability of each image's own class.</param>
    /// <param name="labels">(N), the classes.</param>
    /// <param name="share">The share of each class that is kept; at least one image.</param>
    internal static int[] MostConfident(IReadOnlyList<float> confidences, long[] labels, double share) =>
    [
        .. Enumerable.Range(0, labels.Length)
            .GroupBy(at => labels[at])
            .SelectMany(group => group.OrderByDescending(at => confidences[at]).Take(Math.Max(1, (int)Math.Round(share * group.Count()))))
            .Order(),
    ];

    private static int EpochsFor(TrainingOptions options, int all, int some)
    {
        int Steps(int count) => Math.Max(1, count / options.Batch);
        return Math.Max(1, (int)Math.Round((double)options.Epochs * Steps(all) / Steps(some)));
    }

    private static float[] Confidences(Classifier network, ImageSet set, RunContext run)
    {
        using var scope = NewDisposeScope();
        return Predictor.Logits(network, set, run).softmax(1).gather(1, set.LabelTensor().unsqueeze(1)).squeeze(1).data<float>().ToArray();
    }
}
