using Pentimento.Data;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Training;

/// <summary>What is watched while networks are trained, and where the watching and the trainings themselves are kept.</summary>
/// <remarks>
/// A folder gets <c>metrics.jsonl</c>, one line an epoch; <c>tensorboard/</c>, event files that TensorBoard reads; and <c>checkpoints/</c>,
/// from which a
/// training that was cut short goes on.
/// </remarks>
/// <param name="Evaluate">Sets that are measured after each epoch; they select nothing.</param>
public sealed record TrainingLog(IReadOnlyList<ImageSet> Evaluate)
{
    /// <summary>Nothing is watched and nothing kept.</summary>
    public static TrainingLog Empty { get; } = new([]);

    /// <summary>Held-out images, one set an environment, which the course's selection may ask.</summary>
    public IReadOnlyList<ImageSet> Validation { get; init; } = [];

    /// <summary>Where everything is kept; null for nowhere.</summary>
    public string? Folder { get; init; }

    /// <summary>Which training this is, of several that share a folder.</summary>
    public string Stage { get; init; } = "training";

    /// <summary>Hears the history after each epoch.</summary>
    public Action<IReadOnlyList<EpochRecord>>? Listener { get; init; }

    /// <summary>The logbook of a training on the way to this one, which watches nothing.</summary>
    public TrainingLog For(string stage) => new([]) { Folder = Folder, Stage = $"{Stage}.{stage}" };

    /// <summary>Where a training goes on from; null where nothing is kept.</summary>
    internal string? Checkpoint => Folder is null ? null : Path.Combine(Folder, "checkpoints", $"{Stage}.npz");

    /// <summary>Forgets where trainings stood, once what came of them is safe.</summary>
    public void Close()
    {
        var checkpoints = Path.Combine(Folder ?? "", "checkpoints");
        if (Folder is not null && Directory.Exists(checkpoints)) Directory.Delete(checkpoints, recursive: true);
    }

    /// <summary>Writes down the newest epoch; what an earlier, longer attempt wrote of this training goes.</summary>
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
