using System.Globalization;
using System.Text.Json;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments.Executors;

/// <summary>The job arrays that were submitted for a store, each said in a file of it, so that whoever attaches knows them.</summary>
/// <param name="slurm">What the user asks of the cluster.</param>
/// <param name="order">What is to be done.</param>
/// <param name="program">The program that takes <c>work</c>.</param>
internal sealed class SlurmSubmissions(Slurm slurm, WorkOrder order, Lazy<IReadOnlyList<string>> program)
{
    /// <summary>Where a store's submissions lie.</summary>
    public const string Place = "submissions";

    // A task that lasts less is spent on starting; one that lasts longer leaves others idle at the end.
    private const double WantedSeconds = 300;

    private int? largest;

    /// <summary>The arrays of a store.</summary>
    public static IReadOnlyList<Submission> Of(string store)
    {
        var folder = Path.Combine(store, Place);
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder, "*.json").Select(Read).OfType<Submission>().OrderBy(submission => submission.Submitted)];
    }

    /// <summary>Submits an array for each layer that has open steps, each after the one before.</summary>
    /// <param name="state">What is open.</param>
    /// <param name="memory">Memory of a task.</param>
    /// <param name="without">Nodes on which no task may run.</param>
    public IReadOnlyList<Submission> SubmitLayers(WorkState state, string memory, IReadOnlyCollection<string> without)
    {
        var submitted = new List<Submission>();
        foreach (var (open, layer) in state.Layers.Select((open, layer) => (open, layer)).Where(pair => pair.open > 0))
            submitted.Add(Submit(Tasks(open, state.Seconds), layer, submitted.LastOrDefault()?.Job, memory, without));
        return submitted;
    }

    /// <summary>Submits one array.</summary>
    /// <param name="tasks">How many tasks it has.</param>
    /// <param name="layer">Which layer of steps it is for.</param>
    /// <param name="after">The job after whose end it may begin; null for none.</param>
    /// <param name="memory">Memory of a task.</param>
    /// <param name="without">Nodes on which no task may run.</param>
    /// <param name="steps">The places of the only steps that it is for; null for all that are open.</param>
    public Submission Submit(
        int tasks, int layer, string? after, string memory, IReadOnlyCollection<string> without, IReadOnlyList<string>? steps = null)
    {
        Directory.CreateDirectory(order.Store.At("logs"));
        var script = new SlurmScript(slurm, order, program.Value);
        var now = TimeProvider.System.GetUtcNow();
        var stem = Path.Combine(order.Store.At(Place), $"{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}"[..^24]);
        if (steps is not null) SafeFile.Write($"{stem}.txt", string.Concat(steps.Select(step => $"{step}\n")));
        SafeFile.Write($"{stem}.sh", script.Text(tasks, steps is null ? null : $"{stem}.txt"));
        var job = SlurmCommands.Submit(order.Directory, script.Options(tasks, after, memory, without), $"{stem}.sh");
        var submission = new Submission(job, layer, tasks, Catalog.Write(slurm), program.Value, now.UtcDateTime);
        SafeFile.Write($"{stem}.json", JsonSerializer.Serialize(submission, Json.Options));
        return submission;
    }

    /// <summary>How many tasks a number of steps gets: by their measured time where there is one, else a task for each.</summary>
    public int Tasks(int steps, double? seconds)
    {
        var most = slurm.Array > 0 ? Math.Min(slurm.Array, Largest) : Largest;
        var wanted = seconds is { } each ? Math.Ceiling(steps * Math.Min(each, WantedSeconds) / WantedSeconds) : steps;
        return (int)Math.Clamp(wanted, 1, Math.Min(most, steps));
    }

    private int Largest => largest ??= SlurmCommands.LargestArray();

    private static Submission? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Submission>(File.ReadAllBytes(file), Json.Reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A job array that was submitted.</summary>
/// <param name="Job">Slurm's number.</param>
/// <param name="Layer">Which layer of steps it is for.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="On">The SPEC of the executor.</param>
/// <param name="Program">The program that its tasks run.</param>
/// <param name="Submitted">When, UTC.</param>
internal sealed record Submission(string Job, int Layer, int Tasks, string On, IReadOnlyList<string> Program, DateTime Submitted);
