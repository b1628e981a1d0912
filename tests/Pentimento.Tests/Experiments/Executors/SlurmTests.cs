using Pentimento.Experiments.Executors;
using Pentimento.StoreWorker;
using Pentimento.Tests.Cli;

namespace Pentimento.Tests.Experiments.Executors;

/// <summary>Job arrays on a real Slurm of four virtual nodes; skipped where it cannot be started.</summary>
public sealed class SlurmTests(SlurmCluster cluster) : IClassFixture<SlurmCluster>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_step_is_done_though_tasks_are_lost_in_five_ways()
    {
        Needs();
        using var tiny = new TinyStore(
            60, (2, TinySteps.Hang), (15, TinySteps.Hang), (33, TinySteps.Full), (41, TinySteps.Die), (55, TinySteps.Hang));
        using var heard = new Heard();

        // A node for each task.
        var following = Task.Run(() => tiny.Complete(new Slurm(Array: 6, Cpus: 2), heard.Run()));
        var (late, cancelled, killed) = (TaskAt(tiny, 2), TaskAt(tiny, 15), TaskAt(tiny, 55));
        // Others on this machine would see at once that a process of the node is gone, which on a cluster they would not.
        Assert.True(SpinWait.SpinUntil(() => tiny.Store.Records().Count() == 57, Patience));
        var node = NodeOf(killed);
        SlurmCluster.Ask("scontrol", "update", $"JobId={late}", "EndTime=now+1");
        SlurmCluster.Ask("scancel", cancelled);
        cluster.Kill(node);
        var end = await following;
        cluster.Revive(node);

        Assert.Equal((60, 0), (end.Done, end.Ready));
        Assert.Equal(TinyStore.Undisturbed(60), tiny.Bytes);
        Assert.Equal(["15", "2", "33", "41", "55"], tiny.BegunAgain.Keys.Order());
        Assert.All(tiny.BegunAgain.Values, times => Assert.Equal(2, times));
        var said = string.Join('\n', heard.Ticks.Where(tick => tick.Stays).Select(tick => tick.Stage));
        Assert.StartsWith($"Submitted job {late.Split('_')[0]}: 6 tasks for 55 steps.", said, StringComparison.Ordinal);
        foreach (var reason in (string[])["reached its time limit", "was cancelled", $"lost its node {node}"])
            Assert.True(said.Contains(reason, StringComparison.Ordinal), $"'{reason}' is not in: {said}");
        // Steps whose process ended were done by the other tasks before they were missed; their logs are said in the store.
        Assert.Contains(tiny.Store.Failures.All(), failure =>
            failure.Name == TinySteps.NameOf(33)
                && WorkerLog.Reason(WorkCommand.Log(tiny.Store.Folder, failure.Job!)).Contains("No space left", StringComparison.Ordinal));
        Assert.Contains($"See: {WorkCommand.Log(tiny.Store.Folder, late)}", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_need_others_are_in_an_array_that_waits_for_theirs()
    {
        Needs();
        using var tiny = new TinyStore(25);

        var detached = Assert.Throws<DetachedException>(() => tiny.Complete(new Slurm(Array: 2), detach: true)).Submitted;
        var dependency = SlurmCluster.Ask("scontrol", "-o", "show", "job", detached.Jobs[1]);
        var end = tiny.Complete(new Slurm());

        Assert.Equal(2, detached.Jobs.Count);
        Assert.Contains($"afterany:{detached.Jobs[0]}", dependency, StringComparison.Ordinal);
        Assert.Equal(25, end.Done);
        // Whoever came later followed the jobs that were there.
        Assert.Equal(detached.Jobs, SlurmSubmissions.Of(tiny.Store.Folder).Select(submission => submission.Job));
        Assert.Equal(TinyStore.Undisturbed(25), tiny.Bytes);
    }

    [Fact]
    public async Task Two_submitters_on_one_store_do_every_step_once()
    {
        Needs();
        using var tiny = new TinyStore(60);

        var ends = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => tiny.Complete(new Slurm(Array: 3)))));

        Assert.All(ends, end => Assert.Equal(60, end.Done));
        Assert.Empty(tiny.BegunAgain);
        Assert.Equal(TinyStore.Undisturbed(60), tiny.Bytes);
    }

    [Fact]
    public async Task A_step_whose_task_gives_way_to_urgent_work_goes_again()
    {
        Needs();
        using var tiny = new TinyStore(6, (2, TinySteps.Hang));
        using var heard = new Heard();

        var following = Task.Run(() => tiny.Complete(new Slurm(Array: 1), heard.Run()));
        TaskAt(tiny, 2);
        SlurmCluster.Ask("sbatch", "--partition=urgent", "--nodes=4", "--exclusive", "--output=/dev/null", "--wrap=true");
        var end = await following;

        Assert.Equal((6, 0), (end.Done, end.Ready));
        Assert.Equal(["2"], tiny.BegunAgain.Keys);
        Assert.Contains(heard.Ticks, tick => tick.Stays && tick.Stage.Contains("its task was preempted", StringComparison.Ordinal));
        Assert.Equal(TinyStore.Undisturbed(6), tiny.Bytes);
    }

    [Fact]
    public void Whoever_cancels_the_job_does_not_get_it_back()
    {
        Needs();
        using var tiny = new TinyStore(4, (0, TinySteps.Hang), (1, TinySteps.Hang));
        var job = Assert.Throws<DetachedException>(() => tiny.Complete(new Slurm(Array: 2), detach: true)).Submitted.Jobs[0];
        TaskAt(tiny, 0);
        TaskAt(tiny, 1);

        using var heard = new Heard(tick =>
        {
            if (!tick.Stays && tick.Done == 2) SlurmCommands.Cancel([job]);
            return false;
        });
        var message = Assert.Throws<BadInputException>(() => tiny.Complete(new Slurm(Array: 2), heard.Run())).Message;

        Assert.StartsWith("2 of 2 tasks were cancelled.", message, StringComparison.Ordinal);
        Assert.Contains($"pentimento attach {tiny.Store.Folder}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_whose_submitter_is_killed_ends_with_the_bytes_of_this_process()
    {
        Needs();
        using var scratch = new Scratch();
        var recipe = scratch.Write("sixty.yaml", """
            name: sixty
            limit: 60
            evaluate: [rg_95z]
            validate: [rg_95z]
            usual: {epochs: 1, batch: 60}
            trials: [{optimizer: [adam, sgd, adam-w], seed: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]}]
            """);
        string[] sweep = ["sweep", recipe, "--cache", scratch.At("cache"), "--threads", "1"];
        string[] there = ["--out", scratch.At("there"), "--on", $"slurm:array=4,software={CommandProcess.Folder}"];
        using (var submitter = CommandProcess.Start([.. sweep, .. there]))
        {
            var hasSubmitted = SpinWait.SpinUntil(() => SlurmSubmissions.Of(scratch.At("there")).Count > 0, 3 * Patience);
            submitter.Kill();
            submitter.WaitForExit();
            Assert.True(hasSubmitted);
        }

        Command.Succeed([.. sweep, "--out", scratch.At("here"), "--jobs", "1"]);
        var attached = Command.Succeed("attach", scratch.At("there"), "--cache", scratch.At("cache"), "--json").Json;

        Assert.Equal((60, 60, true), (attached["steps"]!.GetValue<int>(), attached["done"]!.GetValue<int>(), attached["finished"]!.GetValue<bool>()));
        string[] whole = [.. Directory.GetFiles(scratch.At("here/models")), scratch.At("here/trials.csv"), scratch.At("here/recipe.yaml")];
        Assert.Equal(62, whole.Length);
        foreach (var file in whole)
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(file.Replace(scratch.At("here"), scratch.At("there"), StringComparison.Ordinal)));
    }

    private void Needs() => Assert.SkipUnless(cluster.Missing is null, $"No Slurm: {cluster.Missing}.");

    /// <summary>The task that is at a step which hangs, once it is.</summary>
    private static string TaskAt(TinyStore tiny, int at)
    {
        Assert.True(SpinWait.SpinUntil(() => tiny.HasBegun(at), Patience));
        return tiny.Store.Claims.All().Single(claim => claim.Place.StartsWith($"{TinySteps.NameOf(at)}-", StringComparison.Ordinal)).Owner.Job!;
    }

    private static string NodeOf(string task) => SlurmCluster.Ask("squeue", "-h", "-j", task, "-o", "%N");
}
