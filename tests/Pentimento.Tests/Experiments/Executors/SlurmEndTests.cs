using Pentimento.StoreWorker;

namespace Pentimento.Tests.Experiments.Executors;

/// <summary>Ends of tasks that no scheduler on one machine brings about, with a stand-in for it.</summary>
public sealed class SlurmEndTests
{
    [Theory]
    [InlineData("OUT_OF_MEMORY", "ran out of memory", "--mem=1024M")]
    [InlineData("PREEMPTED", "was preempted", "--mem=512M")]
    public void A_step_goes_again_with_the_reason_and_after_running_out_of_memory_with_twice_as_much(string end, string reason, string memory)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-in is a shell script.");
        using var scheduler = new StandInScheduler(end);
        using var tiny = new TinyStore(6, (2, TinySteps.Die));

        var said = scheduler.Submit(tiny, "512M");

        Assert.Contains($"A step goes again in job 2: its task {reason}.", said, StringComparison.Ordinal);
        Assert.Contains("--mem=512M", scheduler.OptionsOf(1));
        Assert.Contains(memory, scheduler.OptionsOf(2));
        Assert.Equal(["2"], tiny.BegunAgain.Keys);
        Assert.Equal(TinyStore.Undisturbed(6), tiny.Bytes);
    }
}
