using System.Text.Json.Nodes;
using Pentimento.Lab.Jobs;
using Pentimento.Tests.Operations;

namespace Pentimento.Tests.Lab;

/// <summary>Jobs outlive their browser and their server.</summary>
public sealed class JobQueueTests
{
    private static JsonObject Evaluation => new()
    {
        ["model"] = SmallOperations.Weights,
        ["network"] = "cnn3",
        ["data"] = SmallOperations.Data,
        ["limit"] = "6",
    };

    [Fact]
    public async Task A_job_ends_with_the_operations_result()
    {
        using var scratch = new Scratch();
        using var jobs = Open(scratch);

        var done = await Ended(jobs, jobs.Add("evaluate", Evaluation).Id);

        Assert.Equal(JobState.Done, done.State);
        var result = JsonNode.Parse(File.ReadAllText(Path.Combine(scratch.Folder, done.Folder!, "result.json")))!;
        Assert.Equal(6, (int)result["evaluations"]![0]!["count"]!);
    }

    [Fact]
    public async Task One_that_cannot_be_done_says_why()
    {
        using var scratch = new Scratch();
        using var jobs = Open(scratch);
        var settings = Evaluation;
        settings["model"] = scratch.At("nowhere.safetensors");

        var failed = await Ended(jobs, jobs.Add("evaluate", settings).Id);

        Assert.Equal(JobState.Failed, failed.State);
        Assert.Contains("nowhere.safetensors", failed.Message);
    }

    [Fact]
    public async Task What_a_lab_left_running_the_next_one_takes_up()
    {
        using var scratch = new Scratch();
        var left = new JobRecord(4, "evaluate", Evaluation, JobState.Running);
        Directory.CreateDirectory(scratch.At("jobs"));
        scratch.Write("jobs/4.json", System.Text.Json.JsonSerializer.Serialize(left, Pentimento.Foundation.Configuration.Json.Options));
        scratch.Write("jobs/5.json", "{ torn");

        using var jobs = Open(scratch);

        Assert.Equal(JobState.Done, (await Ended(jobs, 4)).State);
        Assert.Equal(5, jobs.Add("evaluate", Evaluation).Id);
    }

    [Fact]
    public async Task One_that_was_cancelled_can_be_taken_up_again()
    {
        using var scratch = new Scratch();
        using var jobs = Open(scratch);
        var settings = Evaluation;
        settings["limit"] = "0";
        var (first, second) = (jobs.Add("trust", Trust()), jobs.Add("evaluate", settings));

        jobs.Cancel(second.Id);
        jobs.Cancel(first.Id);

        Assert.Equal(JobState.Cancelled, (await Ended(jobs, second.Id)).State);
        jobs.Resume(second.Id);
        Assert.Equal(JobState.Done, (await Ended(jobs, second.Id)).State);
    }

    private static JsonObject Trust() => new()
    {
        ["model"] = SmallOperations.Weights,
        ["network"] = "cnn3",
        ["data"] = SmallOperations.Data,
        ["limit"] = "20",
    };

    private static JobQueue Open(Scratch scratch) =>
        new(scratch.Folder, RunContext.OnCpu(1) with { Threads = 1, Cache = scratch.At("cache") });

    private static async Task<JobRecord> Ended(JobQueue jobs, int id)
    {
        while (jobs.Find(id).Job is { State: JobState.Queued or JobState.Running }) await Task.Delay(20);
        return jobs.Find(id).Job;
    }
}
