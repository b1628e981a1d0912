using System.Text.Json.Nodes;
using Pentimento.Experiments;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;
using Pentimento.Reports.Drawings;

namespace Pentimento.Lab.Jobs;

/// <summary>Does a job: as a step of the store, or, where the operation is a run of its own, in a folder below it.</summary>
internal static class JobWork
{
    private static readonly string[] NoJobs = ["lab", "work", "attach", "list", "doctor", "report"];

    /// <summary>The operations that can be jobs, by name.</summary>
    public static IReadOnlyList<Member> Operations =>
        [.. Catalog.FamilyOf(typeof(Operation)).Members.Where(member => !NoJobs.Contains(member.Name))];

    /// <summary>The operation with settings that were given as text.</summary>
    /// <exception cref="BadInputException">There is no such operation, or a setting cannot be used.</exception>
    public static Operation Bind(string operation, JsonObject settings)
    {
        var member = Catalog.FamilyOf(typeof(Operation)).Find(operation);
        Require.That(!NoJobs.Contains(member.Name), $"'{member.Name}' is no job.");
        var bound = (Operation)Binder.BindRecord(Lists(member, settings), member.Type, new(null, member.Name));
        bound.Check();
        return bound;
    }

    /// <summary>Does a job and says what became of it.</summary>
    public static JobRecord Do(JobRecord job, string folder, RunContext run)
    {
        try
        {
            var operation = Bind(job.Operation, job.Settings);
            return OwnFolder(operation) is { } setting ? Whole(job, operation, setting, folder, run) : Step(job, operation, folder, run);
        }
        catch (OperationCanceledException)
        {
            return job with { State = JobState.Cancelled };
        }
        catch (Exception failure)
        {
            // The end of the jobs' thread, as the command's is of the command: one job that goes wrong must not take the lab with it.
            return job with { State = JobState.Failed, Message = FailureSentence.Of(failure) };
        }
    }

    private static JobRecord Step(JobRecord job, Operation operation, string folder, RunContext run)
    {
        using var store = new RunStore(folder);
        var step = new OperationStep($"{job.Operation}-{job.Id}", operation) { Finished = StepPage.Write };
        var done = new Runner(store, run).Run([step]).Find(step.Name)!;
        var verdict = done.Json.ValueKind == System.Text.Json.JsonValueKind.Object && done.Json.TryGetProperty("verdict", out var said)
            ? said.ToString() : "";
        return job with { State = JobState.Done, Verdict = verdict, Folder = Path.GetRelativePath(folder, done.At(".")) };
    }

    private static JobRecord Whole(JobRecord job, Operation operation, Setting setting, string folder, RunContext run)
    {
        var place = Path.Combine(folder, "runs", $"{job.Operation}-{job.Id}");
        var settings = Settings.Of(operation.GetType());
        var placed = (Operation)settings.Build(settings.All.ToDictionary(one => one, one => one == setting ? place : one.Of(operation)));
        var result = Drawing.Follow(placed).Execute(run with { Seed = run.Seed.Value == 0 ? new(placed.DefaultSeed) : run.Seed });
        StepPage.Write(placed, result, place);
        SafeFile.Write(Path.Combine(place, "result.json"), System.Text.Json.JsonSerializer.Serialize(result, result.GetType(), Json.Options));
        var verdict = result.GetType().GetProperty("Verdict")?.GetValue(result) as string ?? "";
        return job with { State = JobState.Done, Verdict = verdict, Folder = Path.GetRelativePath(folder, place) };
    }

    /// <summary>The setting that names the folder of an operation that is a run of its own; null for others.</summary>
    private static Setting? OwnFolder(Operation operation)
    {
        var folders = Settings.Of(operation.GetType()).All.Where(setting => setting.Attribute<OutputAttribute>()?.Form == "FOLDER").ToList();
        return operation.Prepared().Resumption is null or { IsRun: false }
            ? null : folders.FirstOrDefault(setting => setting.Name == "run") ?? folders.FirstOrDefault();
    }

    /// <summary>The settings with texts of lists parted at commas.</summary>
    private static JsonObject Lists(Member member, JsonObject settings)
    {
        var named = new JsonObject();
        foreach (var (name, node) in settings)
        {
            var type = Settings.Of(member.Type).All.FirstOrDefault(setting => setting.Name == name)?.Type;
            var isList = type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
            if (node is null || node.ToString().Length == 0) continue;
            named[name] = isList && !Catalog.Holds(type!.GetGenericArguments()[0])
                ? new JsonArray([.. Spec.Split(node.ToString()).Select(part => JsonValue.Create(part.Trim()))])
                : isList ? new JsonArray([.. node.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(part => JsonValue.Create(part))])
                : node.DeepClone();
        }

        return named;
    }
}
