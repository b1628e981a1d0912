using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Pentimento.Experiments;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Studies.Operations;

/// <summary>Works on a store beside others: claims and does its steps until none is left.</summary>
/// <remarks>
/// A store is the folder of a run that sweep, repair, verify or run began with --on. Any number of workers, on any machines that see the folder, may
/// work on it; each step is done once. A worker that is stopped gives its step back, and the step of one that dies is taken over.
/// </remarks>
/// <example>
/// pentimento work runs/laziest
/// pentimento work runs/laziest --tasks 2/8 --leave
/// </example>
public sealed record Work : Operation<WorkResult>
{
    /// <summary>The store: a run's folder.</summary>
    [Argument, Form("FOLDER")]
    public required string Store { get; init; }

    /// <summary>Which share of the steps comes first, so that workers rarely meet: 2/8 is the second of eight.</summary>
    [Form("I/N"), Incidental]
    public string Tasks { get; init; } = "1/1";

    /// <summary>What the scheduler calls this task, for logs; by default the machine and the process.</summary>
    [Form("NAME"), Incidental]
    public string Job { get; init; } = "";

    /// <summary>Minutes after which no step is begun that would last as long as the longest so far.</summary>
    [Form("MINUTES"), Incidental, Range(0, double.MaxValue)]
    public double? Minutes { get; init; }

    /// <summary>A file with the names of the only steps to do, one a line, as they are called among the store's steps.</summary>
    [Form("FILE"), Incidental]
    public string? Steps { get; init; }

    /// <summary>Come back when others are at the steps that are left, instead of waiting for them.</summary>
    [Incidental]
    public bool Leave { get; init; }

    internal override ulong DefaultSeed => 1;

    /// <inheritdoc/>
    internal override Resumption? Resumption => new("Finished steps");

    /// <inheritdoc/>
    internal override void Check() => Share();

    /// <inheritdoc/>
    internal override WorkResult Run(RunContext run)
    {
        Require.That(Directory.Exists(Store), $"There is no folder {Store}.");
        using var store = new RunStore(Store, job: Job.Length > 0 ? Job : $"{Environment.MachineName}-{Environment.ProcessId}");
        var graph = StoredGraphs.Read(store, run);
        Require.That(
            graph.Run.Device == run.Device,
            $"The steps of {Store} compute with --device {Names.Kebab($"{graph.Run.Device}")}, and this worker with {Names.Kebab($"{run.Device}")}.");
        var worker = new StepWorker(store, graph.Run)
        {
            Tasks = Share(),
            Limit = Minutes is { } minutes && minutes < TimeSpan.MaxValue.TotalMinutes ? TimeSpan.FromMinutes(minutes) : null,
            Stays = !Leave,
            Only = Steps is { } file ? Named(file) : null,
        };
        var done = worker.Work(graph.Steps);
        return new(store.Folder, graph.Steps.Count, done, [.. worker.Failed.Order(StringComparer.Ordinal)]);
    }

    private static HashSet<string> Named(string file)
    {
        Require.That(File.Exists(file), $"There is no file {file} of steps.");
        var names = File.ReadLines(file).Where(line => line.Length > 0).ToHashSet();
        var odd = names.FirstOrDefault(name => !name.Contains('-'));
        Require.That(odd is null, $"{file} names no step with '{odd}'; expected NAME-KEY, a folder among the store's steps.");
        return names;
    }

    private (int Share, int Of) Share()
    {
        var parts = Tasks.Split('/');
        Require.That(
            parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _),
            $"--tasks takes a share such as 2/8, got '{Tasks}'.");
        var (share, of) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        Require.That(share >= 1 && share <= of, $"--tasks takes a share from 1/{of} to {of}/{of}, got '{Tasks}'.");
        return (share, of);
    }
}

/// <summary>What a worker did.</summary>
/// <param name="Store">The store.</param>
/// <param name="Steps">How many steps it has.</param>
/// <param name="Done">How many of them this worker did.</param>
/// <param name="Failed">The names of steps that fail wherever they are tried.</param>
public sealed record WorkResult(string Store, int Steps, int Done, IReadOnlyList<string> Failed);
