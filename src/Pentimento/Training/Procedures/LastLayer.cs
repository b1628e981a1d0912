using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>What procedures that refit the last layer share.</summary>
internal static class LastLayer
{
    private const int Batch = 500;

    /// <summary>What the last layer reads of every image, float32 (N, F) on the CPU.</summary>
    public static Tensor Features(Classifier network, ImageSet set, RunContext run)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        var size = BatchSize.Of(network, Batch, run);
        for (var start = 0L; start < set.Count; start += size)
        {
            using var inner = NewDisposeScope();
            parts.Add(network.Open(Pixels.Slice(set, start, size).to(run.Device.ToTorch())).Features.cpu().MoveToOuterDisposeScope());
            run.Report(new($"read {set.Name}", Math.Min(start + size, set.Count), set.Count));
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>Counts the refitting as one more epoch, so that the metrics of the last epoch are the network's.</summary>
    public static TrainedNetwork AddEpoch(TrainedNetwork trained, TimeSpan duration, TrainingOptions options, TrainingLog log, RunContext run)
    {
        var (network, history) = (trained.Network, trained.History);
        var last = history[^1] with
        {
            Epoch = history.Count + 1,
            Seconds = duration.TotalSeconds,
            Validations = [.. log.Validation.Select(set => options.Selection.Measured(network, set, run))],
            Evaluations = [.. log.Evaluate.Select(set => SetAccuracy.Of(network, set, run))],
        };
        return new(network, [.. history, last]);
    }
}
