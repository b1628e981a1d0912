using System.Security.Cryptography;
using System.Text.Json;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments.Store;

/// <summary>
/// An experiment's folder: finished steps, each in a folder named by what decides it, and claims on those that are being worked on. Several
/// processes may work on one store.
/// </summary>
/// <remarks>
/// A step's files are each written beside their place and renamed; <c>step.json</c>, the last of them, holds the others' hashes, so that a step
/// which was cut short, or a file that changed since, is never read as whole.
/// </remarks>
internal sealed class RunStore : IDisposable
{
    /// <summary>The result's file in a step's folder.</summary>
    public const string ResultFile = "result.json";

    private const string RecordFile = "step.json";
    private const string Beside = ".part";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private const string Marker = "steps/.sharded";
    private const int ShardDigits = 2;

    private readonly TimeProvider clock;
    private readonly string? job;
    private bool sharded;

    /// <summary>Opens a store, new or begun.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="lease">How long a claim holds without being renewed; two minutes unless it is said.</param>
    /// <param name="clock">Measures durations; the system's unless another is given.</param>
    /// <param name="job">What the scheduler calls the task that works here. A worker with a name says in a journal what it finished.</param>
    public RunStore(string folder, TimeSpan? lease = null, TimeProvider? clock = null, string? job = null)
    {
        Folder = Path.GetFullPath(folder);
        this.clock = clock ?? TimeProvider.System;
        this.job = job;
        sharded = File.Exists(At(Marker));
        Claims = new(At("claims"), lease ?? Lease, this.clock) { ShardOf = place => Shard(place[(place.LastIndexOf('-') + 1)..]), Job = job };
        Journal = new(At(StepJournal.Place), job);
    }

    /// <summary>The most steps that lie side by side; folders with many more are listed slowly, and of more each lies in one of 256.</summary>
    public const int MostSideBySide = 4096;

    /// <summary>Who is at which step.</summary>
    public StepClaims Claims { get; }

    /// <summary>What this process has finished; written where it has a name.</summary>
    public StepJournal Journal { get; }

    /// <summary>What failed.</summary>
    public StepFailures Failures => new(At("failures"), job);

    /// <summary>Whether each step lies in one of 256 folders, by the beginning of its key.</summary>
    public bool IsSharded => sharded;

    /// <summary>Lays a new store out for a number of steps; one that is begun stays as it is.</summary>
    public void Prepare(int steps)
    {
        if (steps <= MostSideBySide || Directory.Exists(At("steps"))) return;
        Directory.CreateDirectory(At("steps"));
        File.WriteAllText(At(Marker), "Each step lies in the folder of its key's first two digits.");
        sharded = true;
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>A path inside the folder.</summary>
    public string At(string relative) => Path.Combine(Folder, relative);

    /// <summary>A finished step; null where there is none that is whole.</summary>
    public FinishedStep? Find(string name, string key)
    {
        var folder = FolderOf(name, key);
        return Whole(() =>
        {
            var record = Record(folder);
            if (record?.Files is null || record.Name != name || record.Key != key) return null;
            var result = File.ReadAllBytes(Path.Combine(folder, ResultFile));
            var isWhole = record.Result == Hash(result)
                && record.Files.All(file => HashOf(Path.Combine(folder, file.Key)) == file.Value);
            return isWhole ? new FinishedStep(record, folder, result) : null;
        });
    }

    /// <summary>Does a step unless it is done; null where another process is at it.</summary>
    /// <param name="name">What the recipe calls it: letters, digits and hyphens.</param>
    /// <param name="key">The hash of everything that decides it.</param>
    /// <param name="work">Computes the result; it may leave files in the folder that it is given, and finds there what a killed attempt left.</param>
    public FinishedStep? Attempt(string name, string key, Func<string, object> work)
    {
        if (Find(name, key) is { } done) return done;
        using var claim = Claims.TryTake(StepRecord.Place(name, key));
        return claim is null ? null : Find(name, key) ?? Do(name, key, work, claim);
    }

    /// <summary>Does a step unless it is done, and waits where another process is at it.</summary>
    /// <param name="name">What the recipe calls it: letters, digits and hyphens.</param>
    /// <param name="key">The hash of everything that decides it.</param>
    /// <param name="work">Computes the result, as for <see cref="Attempt"/>.</param>
    /// <param name="run">Hears whether the step was found done, and may stop the waiting.</param>
    public FinishedStep Complete(string name, string key, Func<string, object> work, RunContext run)
    {
        var worked = false;
        while (true)
        {
            var step = Attempt(name, key, folder =>
            {
                worked = true;
                return work(folder);
            });
            if (step is not null && !worked) run.Report(new("found done", 1, 1));
            if (step is not null) return step;
            run.Report(new("wait for another process", 0, 1));
            run.Cancel.WaitHandle.WaitOne(Pause);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Claims.Dispose();
        Journal.Dispose();
    }

    /// <summary>Forgets a step whose files are not what was written, so that it is done again.</summary>
    public void Discard(string name, string key) => File.Delete(Path.Combine(FolderOf(name, key), RecordFile));

    /// <summary>Whether the step of a place among the steps has a record; its files are not looked at.</summary>
    public bool IsFinished(string place) => File.Exists(At(Path.Combine("steps", Shard(place[(place.LastIndexOf('-') + 1)..]), place, RecordFile)));

    /// <summary>The records of all finished steps, read off the folders.</summary>
    public IEnumerable<StepRecord> Records()
    {
        var steps = At("steps");
        if (!Directory.Exists(steps)) yield break;
        var folders = Directory.EnumerateDirectories(steps);
        if (sharded) folders = folders.SelectMany(Directory.EnumerateDirectories);
        foreach (var folder in folders)
        {
            if (Record(folder) is { Name: not null, Key: not null } record) yield return record;
        }
    }

    private FinishedStep Do(string name, string key, Func<string, object> work, StepClaim claim)
    {
        var folder = FolderOf(name, key);
        Clean(folder);
        var begun = clock.GetTimestamp();
        var result = JsonSerializer.SerializeToUtf8Bytes(work(folder), Json.Options);
        var seconds = clock.GetElapsedTime(begun).TotalSeconds;
        // Whoever slept through its lease finds the step done by another, who took it over.
        if (!claim.Holds && Find(name, key) is { } theirs) return theirs;
        Put(Path.Combine(folder, ResultFile), result);
        var record = new StepRecord(name, key, seconds, Hash(result), Files(folder)) { Processor = Processor.Name };
        Put(Path.Combine(folder, RecordFile), JsonSerializer.SerializeToUtf8Bytes(record, Json.Options));
        Journal.Add(record);
        return new(record, folder, result);
    }

    /// <summary>Makes a step's folder, or takes from it what a killed attempt has torn.</summary>
    private static void Clean(string folder)
    {
        var isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        if (isNew) return;
        File.Delete(Path.Combine(folder, RecordFile));
        foreach (var torn in Directory.EnumerateFiles(folder, $"*{Beside}", SearchOption.AllDirectories).ToList()) File.Delete(torn);
    }

    /// <summary>The folder of a step, finished or not.</summary>
    public string FolderOf(string name, string key) => At(Path.Combine("steps", Shard(key), StepRecord.Place(name, key)));

    private string Shard(string key) => sharded ? key[..Math.Min(key.Length, ShardDigits)] : "";

    private static StepRecord? Record(string folder) =>
        Whole(() => JsonSerializer.Deserialize<StepRecord>(File.ReadAllBytes(Path.Combine(folder, RecordFile)), Json.Reading));

    /// <summary>What is read of a file of the store; null where it is missing or was torn, for then it does not count.</summary>
    internal static T? Whole<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(file => file is not (ResultFile or RecordFile))
            .ToDictionary(file => file, file => HashOf(Path.Combine(folder, file))!),
        StringComparer.Ordinal);

    /// <summary>Writes beside and renames, without waiting for the disk: what power failure tears, the hashes tell.</summary>
    private static void Put(string path, byte[] bytes)
    {
        var beside = $"{path}.{Guid.NewGuid():N}{Beside}";
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, path, overwrite: true);
    }

    private static string? HashOf(string path)
    {
        // A device never ends.
        if (!File.Exists(path) || File.GetAttributes(path).HasFlag(FileAttributes.Device)) return null;
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
