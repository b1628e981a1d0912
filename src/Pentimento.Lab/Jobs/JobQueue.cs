using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Lab.Jobs;

/// <summary>
/// The jobs of a lab, one at a time on a thread of their own. They outlive the browser, and a lab that is opened again on the same folder takes up
/// what was not finished.
/// </summary>
public sealed class JobQueue : IDisposable
{
    private readonly string folder;
    private readonly RunContext run;
    private readonly ConcurrentDictionary<int, JobRecord> jobs = new();
    private readonly ConcurrentDictionary<int, CurveRecorder> progress = new();
    private readonly BlockingCollection<int> waiting = [];
    private readonly CancellationTokenSource closing = new();
    private readonly Lock numbering = new();
    private readonly Thread worker;
    private (int Id, CancellationTokenSource Cancel)? current;

    /// <summary>Opens the queue of a folder.</summary>
    /// <param name="folder">The folder of the store; made with the first job.</param>
    /// <param name="run">Device, seed and cache.</param>
    internal JobQueue(string folder, RunContext run)
    {
        (this.folder, this.run) = (folder, run);
        foreach (var job in Kept().OrderBy(job => job.Id))
        {
            jobs[job.Id] = job.State == JobState.Running ? job with { State = JobState.Queued } : job;
            if (jobs[job.Id].State == JobState.Queued) waiting.Add(job.Id);
        }

        worker = new(Work) { IsBackground = true, Name = "jobs" };
        worker.Start();
    }

    /// <summary>The folder of the store.</summary>
    internal string Folder => folder;

    /// <summary>All jobs, the newest first.</summary>
    internal IReadOnlyList<JobView> All => [.. jobs.Values.OrderByDescending(job => job.Id).Select(View)];

    /// <summary>One job.</summary>
    /// <exception cref="BadInputException">There is none of this number.</exception>
    internal JobView Find(int id) => View(jobs.GetValueOrDefault(id) ?? throw new BadInputException($"There is no job {id}."));

    /// <summary>Adds a job, if its settings can be read.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="settings">The settings that were given, as text by name.</param>
    /// <exception cref="BadInputException">There is no such operation, or a setting cannot be used.</exception>
    internal JobRecord Add(string operation, JsonObject settings)
    {
        JobWork.Bind(operation, settings);
        lock (numbering)
        {
            var job = new JobRecord(jobs.Keys.DefaultIfEmpty().Max() + 1, operation, settings, JobState.Queued);
            Put(job);
            waiting.Add(job.Id);
            return job;
        }
    }

    /// <summary>Cancels a job that waits or is worked on.</summary>
    internal void Cancel(int id)
    {
        var job = Find(id).Job;
        if (job.State == JobState.Queued) Put(job with { State = JobState.Cancelled });
        if (current is { } running && running.Id == id) running.Cancel.Cancel();
    }

    /// <summary>Puts a job that was cancelled or failed into the queue again; what it had finished is found.</summary>
    internal void Resume(int id)
    {
        var job = Find(id).Job;
        if (job.State is not (JobState.Cancelled or JobState.Failed)) return;
        Put(job with { State = JobState.Queued, Message = "" });
        waiting.Add(id);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        closing.Cancel();
        current?.Cancel.Cancel();
        waiting.CompleteAdding();
        worker.Join(TimeSpan.FromSeconds(20));
        closing.Dispose();
    }

    private void Work()
    {
        foreach (var id in waiting.GetConsumingEnumerable())
        {
            if (closing.IsCancellationRequested) return;
            if (jobs[id].State != JobState.Queued) continue;
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
            current = (id, cancel);
            progress[id] = new();
            Put(jobs[id] with { State = JobState.Running });
            var ended = JobWork.Do(jobs[id], folder, run with { Cancel = cancel.Token, Progress = new Latest(this, id) });
            // A lab that closes leaves its job to the next one.
            Put(closing.IsCancellationRequested && ended.State == JobState.Cancelled ? jobs[id] with { State = JobState.Queued } : ended);
            current = null;
        }
    }

    private JobView View(JobRecord job)
    {
        var heard = progress.GetValueOrDefault(job.Id);
        var last = job.State == JobState.Running ? heard?.Last ?? default : default;
        return new(
            job, last.Stage ?? "", last.Total == 0 ? 0 : (double)last.Done / last.Total, last.Note ?? "", heard?.Curves ?? [],
            Queries.OperationCode.Of(job.Operation, job.Settings));
    }

    private void Put(JobRecord job)
    {
        SafeFile.Write(Path.Combine(folder, "jobs", $"{job.Id}.json"), JsonSerializer.Serialize(job, Json.Options));
        jobs[job.Id] = job;
    }

    private IEnumerable<JobRecord> Kept()
    {
        var place = Path.Combine(folder, "jobs");
        if (!Directory.Exists(place)) yield break;
        foreach (var file in Directory.EnumerateFiles(place, "*.json"))
        {
            if (Read(file) is { Operation: not null, Settings: not null } job) yield return job;
        }
    }

    private static JobRecord? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<JobRecord>(File.ReadAllText(file), Json.Reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class Latest(JobQueue queue, int id) : IProgress<Progress>
    {
        public void Report(Progress value) => queue.progress[id].Add(value);
    }
}
