namespace Pentimento.Tests.Foundation;

public sealed class FileLockTests
{
    [Fact]
    public void One_holds_it_and_the_next_waits()
    {
        using var scratch = new Scratch();
        var (place, order) = (scratch.At("cache/set.lock"), new List<string>());
        var held = FileLock.Try(place)!;
        var next = new Thread(() =>
        {
            using var mine = FileLock.Wait(place, "wait", RunContext.OnCpu());
            lock (order) order.Add("second");
        });

        Assert.Null(FileLock.Try(place));
        next.Start();
        lock (order) order.Add("first");
        held.Dispose();
        next.Join();

        Assert.Equal(["first", "second"], order);
    }

    [Fact]
    public void Waiting_can_be_stopped()
    {
        using var scratch = new Scratch();
        using var heard = new Heard(tick => tick.Stage == "wait");
        using var held = FileLock.Try(scratch.At("lock"));

        Assert.Throws<OperationCanceledException>(() => FileLock.Wait(scratch.At("lock"), "wait", heard.Run()));
    }
}
