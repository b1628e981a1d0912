using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Training;

/// <summary>The logging of a training: the sets that are evaluated after each epoch, and the folder of metrics and checkpoints.</summary>
/// <remarks>
/// A folder gets <c>metrics.jsonl</c>, one line an epoch; <c>tensorboard/</c>, event files that TensorBoard reads; and <c>checkpoints/</c>,
/// from which an interrupted training resumes.
/// </remarks>
/// <param name="Evaluate">Sets that are evaluated after each epoch; they select nothing.</param>
internal sealed record TrainingLog(IReadOnlyList<ImageSet> Evaluate)
{
    /// <summary>No evaluation and no files.</summary>
    public static TrainingLog Empty { get; } = new([]);

    /// <summary>Validation sets, held-out images of each environment, by which an epoch may be selected.</summary>
    public IReadOnlyList<ImageSet> Validation { get; init; } = [];

    /// <summary>How many images of each evaluated set are drawn after every epoch but the last, 0 for all.</summary>
    public int EvaluateLimit { get; init; }

    /// <summary>The folder of metrics, events and checkpoints; null to write none.</summary>
    public string? Folder { get; init; }

    /// <summary>The name of this training among those that share a folder.</summary>
    public string Stage { get; init; } = "training";

    /// <summary>Called with the history after each epoch.</summary>
    public Action<IReadOnlyList<EpochRecord>>? Listener { get; init; }

    /// <summary>What the evaluated sets' logits were after the last epoch.</summary>
    internal EvaluatedLogits Logits { get; } = new();

    /// <summary>The log of an earlier stage of this training, which evaluates nothing.</summary>
    public TrainingLog For(string stage) => new([]) { Folder = Folder, Stage = $"{Stage}.{stage}" };

    /// <summary>The checkpoint file from which a training resumes; null without a folder.</summary>
    internal string? Checkpoint => Folder is null ? null : Path.Combine(Folder, "checkpoints", $"{Stage}.npz");

    /// <summary>Deletes the checkpoints, once the trained networks are saved.</summary>
    public void DeleteCheckpoints()
    {
        var checkpoints = Path.Combine(Folder ?? "", "checkpoints");
        if (Folder is not null && Directory.Exists(checkpoints)) Directory.Delete(checkpoints, recursive: true);
    }

    /// <summary>Writes the newest epoch; what an earlier, longer attempt wrote of this training is removed.</summary>
    internal void Write(IReadOnlyList<EpochRecord> history)
    {
        Listener?.Invoke(history);
        if (Folder is null) return;
        WriteMetrics(history);
        var board = Path.Combine(Folder, "tensorboard", Stage);
        if (history.Count == 1 && Directory.Exists(board)) Directory.Delete(board, recursive: true);
        EventFile.Append(board, history[^1].Epoch, Scalars(history[^1]));
    }

    private void WriteMetrics(IReadOnlyList<EpochRecord> history)
    {
        var file = Path.Combine(Folder!, "metrics.jsonl");
        var mine = $"{{\"stage\":{Json.Line(Stage)},";
        var others = File.Exists(file) ? File.ReadLines(file).Where(line => !line.StartsWith(mine, StringComparison.Ordinal)) : [];
        SafeFile.Write(file, string.Concat(others.Concat(history.Select(epoch => mine + Json.Line(epoch)[1..])).Select(line => $"{line}\n")));
    }

    private static IEnumerable<(string Tag, double Value)> Scalars(EpochRecord epoch)
    {
        yield return ("train/loss", epoch.Loss);
        yield return ("train/accuracy", epoch.Accuracy);
        yield return ("train/learning-rate", epoch.LearningRate);
        if (epoch.Penalty is { } penalty) yield return ("train/penalty", penalty);
        foreach (var (kind, sets) in new[] { ("validation", epoch.Validations), ("evaluation", epoch.Evaluations) })
        {
            foreach (var set in sets)
            {
                yield return ($"{kind}/accuracy/{set.Data}", set.Accuracy);
                yield return ($"{kind}/loss/{set.Data}", set.Loss);
            }
        }
    }
}
