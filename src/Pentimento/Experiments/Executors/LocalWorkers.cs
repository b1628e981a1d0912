using System.Diagnostics;
using Pentimento.Experiments.Store;

namespace Pentimento.Experiments.Executors;

/// <summary>Worker processes on this machine. They go on if this process dies; if one of them dies, another takes its place.</summary>
internal sealed class LocalWorkers : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WorkOrder order;
    private readonly WorkCommand command;
    private readonly int count;
    private readonly int retries;
    private readonly string name = $"local-{Environment.ProcessId}-{Guid.NewGuid():N}"[..24];
    private readonly List<(Process Process, string Job, int Share)> workers = [];
    private readonly Dictionary<string, int> deaths = [];
    private readonly long begun = TimeProvider.System.GetTimestamp();
    private int started;

    /// <summary>Prepares workers.</summary>
    /// <param name="order">What is to be done.</param>
    /// <param name="program">The program that takes <c>work</c>.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="retries">How often a step is begun again whose worker died.</param>
    public LocalWorkers(WorkOrder order, IReadOnlyList<string> program, int count, int retries)
    {
        (this.order, this.count, this.retries) = (order, count, retries);
        command = new(order, program);
    }

    /// <summary>Has the steps done.</summary>
    public void Complete(RunContext run)
    {
        Directory.CreateDirectory(order.Store.At("logs"));
        try
        {
            for (var state = order.Look(); Continue(state); state = order.Look())
            {
                run.Report(new(order.Name, state.Done, state.Total, $"{state.Done} of {state.Total} done, {workers.Count} at work"));
                run.Cancel.WaitHandle.WaitOne(Pause);
            }
        }
        finally
        {
            Stop();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var worker in workers) worker.Process.Dispose();
    }

    /// <summary>Starts workers where some are missing; false when nothing is left to do.</summary>
    private bool Continue(WorkState state)
    {
        foreach (var worker in workers.Where(worker => worker.Process.HasExited).ToList())
        {
            workers.Remove(worker);
            if (worker.Process.ExitCode != 0 && !IsOverTime) Mourn(worker.Job, worker.Process.ExitCode);
            worker.Process.Dispose();
        }

        if (state.IsOver || IsOverTime) return workers.Count > 0;
        while (workers.Count < Math.Min(count, state.Total - state.Done)) Start();
        return true;
    }

    private bool IsOverTime => order.Limit is { } limit && started > 0 && TimeProvider.System.GetElapsedTime(begun) > limit;

    /// <summary>A worker died: the step that it was at is begun again, unless that has happened too often.</summary>
    private void Mourn(string job, int code)
    {
        var failed = order.Store.Failures.All().Where(failure => failure.Job == job && !failure.IsFinal)
            .Select(failure => StepRecord.Place(failure.Name, failure.Key));
        var lost = order.Store.Claims.All().Where(claim => claim.Owner.Job == job).Select(claim => claim.Place).Concat(failed).Distinct().ToList();
        var log = WorkCommand.Log(order.Store.Folder, job);
        foreach (var step in lost.DefaultIfEmpty("a step"))
        {
            deaths[step] = deaths.GetValueOrDefault(step) + 1;
            Require.That(
                deaths[step] <= retries,
                $"{step} failed {deaths[step]} times, last with exit code {code}{WorkerLog.Reason(log)} The log: {log}");
            order.Store.Claims.TryTake(step, owner => owner.Job == job)?.Dispose();
        }
    }

    private void Start()
    {
        var (share, job) = ((started % count) + 1, $"{name}-{++started}");
        double? minutes = order.Limit is { } limit ? Math.Max(0, (limit - TimeProvider.System.GetElapsedTime(begun)).TotalMinutes) : null;
        string[] words = [.. command.Arguments($"{share}/{count}", job, $"{order.Threads}", minutes, stay: true)];
        // A shell gives the worker a log of its own, which stays when this process dies.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(words[0], words.Skip(1))
            : new ProcessStartInfo(
                "/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", WorkCommand.Log(order.Store.Folder, job), .. words]);
        start.WorkingDirectory = order.Directory;
        workers.Add((Process.Start(start)!, job, share));
    }

    /// <summary>Asks those that are still at work to stop, and stops those that do not.</summary>
    private void Stop()
    {
        var left = workers.Where(worker => !worker.Process.HasExited).ToList();
        if (!OperatingSystem.IsWindows())
        {
            foreach (var worker in left)
            {
                using var signal = Process.Start("kill", ["-TERM", $"{worker.Process.Id}"]);
                signal.WaitForExit();
            }
        }

        foreach (var (process, _, _) in left)
        {
            if (!process.WaitForExit(Patience)) process.Kill();
        }
    }
}
