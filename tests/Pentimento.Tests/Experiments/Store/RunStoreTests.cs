using Pentimento.Experiments.Store;

namespace Pentimento.Tests.Experiments.Store;

public sealed class RunStoreTests
{
    private const string Key = "0123456789abcdef";

    [Fact]
    public void A_finished_step_is_found_with_its_files_by_another_process_too()
    {
        using var scratch = new Scratch();
        var times = 0;

        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var store = new RunStore(scratch.Folder);
            var step = store.Complete("train", Key, folder => Work(folder, ++times), RunContext.OnCpu());
            Assert.Equal((1, "1"), (step.Result<int>(), File.ReadAllText(step.At("deep/output.txt"))));
            Assert.Equal(["deep/output.txt"], step.Record.Files.Keys);
        }

        Assert.Equal(1, times);
    }

    [Theory]
    [InlineData("result.json", "7")]
    [InlineData("result.json", "")]
    [InlineData("result.json", null)]
    [InlineData("step.json", "{")]
    [InlineData("step.json", "null")]
    [InlineData("step.json", "{}")]
    [InlineData("step.json", null)]
    [InlineData("deep/output.txt", "2")]
    [InlineData("deep/output.txt", null)]
    public void A_torn_changed_or_missing_file_is_never_read_as_whole(string file, string? text)
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        var step = store.Complete("train", Key, folder => Work(folder, 1), RunContext.OnCpu());
        if (text is null) File.Delete(step.At(file));
        else File.WriteAllText(step.At(file), text);

        Assert.Null(store.Find("train", Key));
        Assert.Equal(5, store.Complete("train", Key, folder => Work(folder, 5), RunContext.OnCpu()).Result<int>());
    }

    [Fact]
    public void A_step_that_fails_is_not_done_leaves_no_claim_and_keeps_what_it_wrote_for_the_next_attempt()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);

        Assert.Throws<IOException>(() => store.Attempt("train", Key, folder =>
        {
            Work(folder, 1);
            throw new IOException("full");
        }));

        Assert.Null(store.Find("train", Key));
        Assert.Empty(Directory.GetFiles(scratch.At("claims")));
        Assert.Equal("1", store.Attempt("train", Key, folder => File.ReadAllText(Path.Combine(folder, "deep/output.txt")))!.Result<string>());
    }

    [Fact]
    public void A_step_at_which_another_is_is_left_to_it()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        using var other = new RunStore(scratch.Folder);

        var step = store.Attempt("train", Key, _ =>
        {
            Assert.Null(other.Attempt("train", Key, _ => 2));
            Assert.Equal(3, other.Attempt("train", "another", _ => 3)!.Result<int>());
            return 1;
        })!;

        Assert.Equal((1, 1), (step.Result<int>(), other.Attempt("train", Key, _ => 2)!.Result<int>()));
    }

    [Fact]
    public void Whoever_waits_for_another_process_stops_when_cancelled()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        using var other = new RunStore(scratch.Folder);
        using var heard = new Heard(tick => tick.Stage == "wait for another process");

        store.Attempt("train", Key, _ =>
        {
            Assert.Throws<OperationCanceledException>(() => other.Complete("train", Key, _ => 2, heard.Run()));
            return 1;
        });
    }

    [Fact]
    public void It_says_when_a_step_was_found_done()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        using var heard = new Heard();
        store.Complete("train", Key, _ => 1, heard.Run());
        Assert.Empty(heard.Ticks);

        store.Complete("train", Key, _ => 1, heard.Run());

        Assert.Equal("found done", heard.Ticks.Single().Stage);
    }

    [Fact]
    public void A_result_of_another_kind_is_named_in_one_sentence()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        var step = store.Complete("train", Key, _ => 1, RunContext.OnCpu());

        var message = Assert.Throws<BadInputException>(() => step.Result<int[]>()).Message;

        Assert.Contains("result.json", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_step_costs_two_files_however_many_there_are()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);

        foreach (var at in Enumerable.Range(0, 100)) store.Complete($"step-{at}", Key, _ => at, RunContext.OnCpu());

        Assert.Equal(200, Directory.GetFiles(scratch.Folder, "*", SearchOption.AllDirectories).Length);
    }

    private static int Work(string folder, int value)
    {
        SafeFile.Write(Path.Combine(folder, "deep/output.txt"), $"{value}");
        return value;
    }
}
