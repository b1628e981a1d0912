using System.Globalization;

namespace Pentimento.Experiments.Executors;

/// <summary>The command line of a worker.</summary>
/// <param name="order">What is to be done.</param>
/// <param name="program">The program that takes <c>work</c>.</param>
internal sealed class WorkCommand(WorkOrder order, IReadOnlyList<string> program)
{
    /// <summary>The words of the command.</summary>
    /// <param name="tasks">Which share of the steps comes first: <c>I/N</c>.</param>
    /// <param name="job">What the scheduler calls the task.</param>
    /// <param name="threads">How many threads it has.</param>
    /// <param name="minutes">The time after which no further step is begun; null for none.</param>
    /// <param name="stay">Whether the worker waits while others are at the steps that are left.</param>
    public IEnumerable<string> Arguments(string tasks, string job, string threads, double? minutes, bool stay) =>
    [
        .. program, "work", order.Store.Folder, "--tasks", tasks, "--job", job, "--threads", threads, "--device", Names.Kebab($"{order.Device}"),
        .. order.Cache.Length > 0 ? (string[])["--cache", order.Cache] : [],
        .. minutes is { } most ? (string[])["--minutes", most.ToString("0.###", CultureInfo.InvariantCulture)] : [],
        .. stay ? [] : (string[])["--leave"],
    ];

    /// <summary>Where the log of a task lies.</summary>
    public static string Log(string store, string job) => Path.Combine(store, "logs", $"{job}.log");
}
