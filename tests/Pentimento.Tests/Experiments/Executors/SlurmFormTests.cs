using Pentimento.Experiments.Executors;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Tests.Experiments.Executors;

/// <summary>What is written for Slurm and read from it, without one.</summary>
public sealed class SlurmFormTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("90", 90.0)]
    [InlineData("90:30", 90.5)]
    [InlineData("1:30:00", 90.0)]
    [InlineData("1-2", 1560.0)]
    [InlineData("1-02:30:00", 1590.0)]
    [InlineData("infinite", null)]
    public void Times_are_read_as_sbatch_reads_them(string text, double? minutes) => Assert.Equal(minutes, SlurmTime.Minutes(text));

    [Theory]
    [InlineData("soon")]
    [InlineData("1:2:3:4")]
    [InlineData("-5")]
    public void What_is_no_time_is_refused(string text) => Assert.Throws<BadInputException>(() => SlurmTime.Minutes(text));

    [Theory]
    [InlineData("", "")]
    [InlineData("8G", "16G")]
    [InlineData("512", "1024")]
    public void Memory_is_doubled_for_steps_that_ran_out_of_it(string memory, string doubled) => Assert.Equal(doubled, SlurmMemory.Doubled(memory));

    [Fact]
    public void A_setup_with_commas_and_spaces_is_read_back_as_it_was()
    {
        var slurm = (Slurm)Catalog.Read<Executor>("slurm:partition=gpu,time=2:00:00,setup=(module load cuda, gcc),options=(--account=a --qos=b)");

        Assert.Equal(("gpu", "module load cuda, gcc", "--account=a --qos=b"), (slurm.Partition, slurm.Setup, slurm.Options));
        Assert.Equal(slurm, Catalog.Read<Executor>(Catalog.Write(slurm)));
    }

    [Fact]
    public void The_script_gives_the_task_its_share_its_threads_and_its_name()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.At("it's here"));
        var order = new WorkOrder(store, () => throw new InvalidOperationException()) { Cache = "/cache", Device = Device.Cuda };

        var lines = new SlurmScript(new(Setup: "module load x", Time: "30"), order, ["/opt/pentimento"]).Text(7, null).Split('\n');

        Assert.Equal(["#!/bin/bash", "module load x"], lines[..2]);
        Assert.Equal(
            $"exec /opt/pentimento work '{scratch.At("it'\\''s here")}' --tasks \"$((SLURM_ARRAY_TASK_ID + 1))/7\" --job "
                + "\"${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}${SLURM_RESTART_COUNT:+r$SLURM_RESTART_COUNT}\" --threads "
                + "\"${SLURM_CPUS_PER_TASK:-1}\" --device cuda --cache /cache --minutes 30 --leave",
            lines[2]);
    }

    [Fact]
    public void The_options_say_what_the_user_asked_for_and_nothing_else()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.At("run"));
        var order = new WorkOrder(store, () => throw new InvalidOperationException()) { Directory = "/here" };

        var usual = new SlurmScript(new(), order, []).Options(3, null, "", []);
        var full = new SlurmScript(new("gpu", "30", 4, 2, Parallel: 8, Options: "--qos=long"), order, []).Options(3, "12", "8G", ["bad1", "bad2"]);

        Assert.Equal(
            ["--job-name=pentimento-run", "--array=0-2", "--cpus-per-task=1", $"--output={scratch.At("run/logs")}/%A_%a.log",
                "--open-mode=append", "--chdir=/here"],
            usual);
        Assert.Equal(
            ["--array=0-2%8", "--cpus-per-task=4", "--partition=gpu", "--time=30", "--gres=gpu:2", "--mem=8G", "--dependency=afterany:12",
                "--exclude=bad1,bad2", "--qos=long"],
            full.Where(option => !usual.Contains(option)));
    }

    [Theory]
    // A minute each: five a task. A tenth of a second: all in one. Two hours: a task for each.
    [InlineData(60, 60.0, 12)]
    [InlineData(60, 0.1, 1)]
    [InlineData(60, 7200.0, 60)]
    [InlineData(60, null, 60)]
    [InlineData(5000, null, 900)]
    public void Small_steps_share_tasks_by_their_measured_time(int steps, double? seconds, int tasks)
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        var order = new WorkOrder(store, () => throw new InvalidOperationException());

        Assert.Equal(tasks, new SlurmSubmissions(new(Array: 900), order, new(() => [])).Tasks(steps, seconds));
    }

    [Fact]
    public void A_gpu_is_asked_for_and_computed_on()
    {
        Assert.Equal(Device.Cuda, new Slurm(Gpus: 1).DeviceOf(Device.Cpu));
        Assert.Equal(Device.Cpu, new Slurm().DeviceOf(Device.Cpu));
        Assert.Equal(4, new Slurm(Cpus: 4).ThreadsOf(1));
    }
}
