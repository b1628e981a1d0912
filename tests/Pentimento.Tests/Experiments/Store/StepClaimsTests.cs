using System.Diagnostics;
using Pentimento.Experiments.Store;

namespace Pentimento.Tests.Experiments.Store;

public sealed class StepClaimsTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    [Fact]
    public void One_of_many_gets_the_claim_and_the_next_when_it_is_given_back()
    {
        using var scratch = new Scratch();
        using var claims = Claims(scratch);

        var got = new System.Collections.Concurrent.ConcurrentBag<StepClaim>();
        Parallel.For(0, 50, _ =>
        {
            using var other = Claims(scratch);
            if (claims.TryTake("step") is { } claim) got.Add(claim);
            Assert.Null(other.TryTake("step"));
        });

        Assert.Single(got);
        got.Single().Dispose();
        using var next = claims.TryTake("step");
        Assert.NotNull(next);
        Assert.NotNull(claims.TryTake("another"));
    }

    [Fact]
    public void A_claim_that_nobody_renews_lapses_and_one_of_many_takes_it_over()
    {
        using var scratch = new Scratch();
        using var first = Claims(scratch);
        var lapsed = first.TryTake("step")!;
        File.SetLastWriteTimeUtc(scratch.At("step.1"), File.GetLastWriteTimeUtc(scratch.At("step.1")) - Lease - TimeSpan.FromSeconds(1));

        var got = 0;
        using var claims = Claims(scratch);
        Parallel.For(0, 50, _ =>
        {
            if (claims.TryTake("step") is not null) Interlocked.Increment(ref got);
        });

        Assert.Equal(1, got);
        Assert.False(lapsed.Holds);
        // Its owner wakes up again: that changes nothing.
        lapsed.Renew();
        lapsed.Dispose();
        Assert.Null(claims.TryTake("step"));
    }

    [Fact]
    public void A_claim_that_is_renewed_does_not_lapse()
    {
        using var scratch = new Scratch();
        using var claims = Claims(scratch);
        using var other = Claims(scratch);
        using var claim = claims.TryTake("step")!;
        File.SetLastWriteTimeUtc(scratch.At("step.1"), File.GetLastWriteTimeUtc(scratch.At("step.1")) - Lease - TimeSpan.FromSeconds(1));

        claim.Renew();

        Assert.Null(other.TryTake("step"));
    }

    [Fact]
    public void A_process_that_ended_on_this_machine_is_not_waited_for()
    {
        using var scratch = new Scratch();
        using var claims = Claims(scratch);
        using (claims.TryTake("step"))
        {
            var mine = ClaimOwner.Read(scratch.At("step.1"))!;
            Assert.False(mine.IsGone);
            Assert.False((mine with { Host = "elsewhere", Process = Ended() }).IsGone);
            Assert.True((mine with { Process = Ended() }).IsGone);
            // The same number, given to another process later.
            using var parent = Process.GetProcessById(1);
            Assert.True((mine with { Process = parent.Id, Started = parent.StartTime.ToUniversalTime().AddHours(-1) }).IsGone);
        }
    }

    [Fact]
    public void Who_closes_the_store_gives_all_claims_back()
    {
        using var scratch = new Scratch();
        using (var claims = Claims(scratch)) Assert.NotNull(claims.TryTake("step"));

        Assert.Empty(Directory.GetFiles(scratch.Folder));
    }

    [Fact]
    public void Where_the_disk_has_no_room_for_a_claim_it_is_said_and_nobody_is_kept_away()
    {
        using var disk = new SmallDisk("64k");
        using var claims = new StepClaims(disk.Folder, Lease, TimeProvider.System);
        disk.Fill();

        Assert.Throws<IOException>(() => claims.TryTake("step"));

        Assert.DoesNotContain(Directory.GetFiles(disk.Folder), file => Path.GetFileName(file).StartsWith("step", StringComparison.Ordinal));
        disk.Empty();
        Assert.NotNull(claims.TryTake("step"));
    }

    [Fact]
    public void A_task_that_the_scheduler_began_again_takes_its_own_steps_back_and_nobody_elses()
    {
        using var scratch = new Scratch();
        StepClaims Of(string job) => new(scratch.Folder, Lease, TimeProvider.System) { Job = job };
        using var first = Of("12_3");
        var lost = first.TryTake("step")!;
        using var other = Of("12_4r1");
        using var again = Of("12_3r1");

        Assert.Null(other.TryTake("step"));
        Assert.NotNull(again.TryTake("step"));
        Assert.False(lost.Holds);
    }

    private static StepClaims Claims(Scratch scratch) => new(scratch.Folder, Lease, TimeProvider.System);

    private static int Ended()
    {
        using var process = Process.Start(new ProcessStartInfo("true"))!;
        process.WaitForExit();
        return process.Id;
    }
}
