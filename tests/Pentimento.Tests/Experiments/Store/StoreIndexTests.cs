using Pentimento.Experiments.Store;

namespace Pentimento.Tests.Experiments.Store;

/// <summary>The table of a store's finished steps on its reader's disk.</summary>
public sealed class StoreIndexTests
{
    private const string Key = "0123456789abcdef";

    [Fact]
    public void It_is_read_off_the_folders_and_then_follows_the_journals()
    {
        using var scratch = new Scratch();
        using var alone = new RunStore(scratch.At("run"));
        alone.Attempt("first", Key, _ => 1);
        using var index = StoreIndex.Open(alone, scratch.At("cache"));
        using var worker = new RunStore(scratch.At("run"), job: "12_3");

        worker.Attempt("second", Key, _ => 2);

        Assert.Null(index.Find("second", Key));
        Assert.Equal(["second"], index.Refresh().Select(line => line.Name));
        Assert.Empty(index.Refresh());
        Assert.Equal(("12_3", 2L), (index.Find("second", Key)!.Job, index.Count));
        Assert.NotNull(index.Find("first", Key));
        Assert.Null(index.Find("first", "another"));
    }

    [Fact]
    public void Opened_again_it_knows_what_it_knew_and_reads_what_came_since()
    {
        using var scratch = new Scratch();
        using var worker = new RunStore(scratch.At("run"), job: "w");
        worker.Attempt("a", Key, _ => 1);
        StoreIndex.Open(worker, scratch.At("cache")).Dispose();
        worker.Attempt("b", Key, _ => 1);
        // What it knew is not read again: it would miss this.
        Directory.Delete(scratch.At($"run/steps/a-{Key}"), recursive: true);

        using var index = StoreIndex.Open(worker, scratch.At("cache"));
        Assert.Equal(["b"], index.Refresh().Select(line => line.Name));
        Assert.NotNull(index.Find("a", Key));

        index.Rebuild();
        Assert.Equal(2, index.Count);
        Directory.Delete(scratch.At("run/journals"), recursive: true);
        index.Rebuild();
        Assert.Equal(1, index.Count);
    }

    [Fact]
    public void A_step_that_was_retracted_is_forgotten_unless_it_was_done_again()
    {
        using var scratch = new Scratch();
        using var worker = new RunStore(scratch.At("run"), job: "w");
        using var reader = new RunStore(scratch.At("run"));
        foreach (var name in (string[])["a", "b"]) worker.Attempt(name, Key, _ => 1);
        using var index = StoreIndex.Open(reader, "");
        foreach (var name in (string[])["a", "b"])
        {
            reader.Discard(name, Key);
            reader.Journal.Retract(name, Key);
        }

        worker.Attempt("b", Key, _ => 1);
        index.Refresh();

        Assert.Null(index.Find("a", Key));
        Assert.NotNull(index.Find("b", Key));
    }

    [Fact]
    public void A_line_that_is_being_written_is_left_for_the_next_look()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("journals"));
        var file = scratch.At("journals/w.jsonl");
        var line = """{"name":"a","key":"1","seconds":2,"processor":"p","job":"w"}""";
        File.WriteAllText(file, $"{line}\nno JSON\n{line[..20]}");
        var reader = new JournalReader(scratch.At("journals"), new Dictionary<string, long>());

        var first = reader.Read();
        File.AppendAllText(file, $"{line[20..]}\n");
        var second = reader.Read();

        Assert.Equal(first, [new("a", "1", 2, "p", "w")]);
        Assert.Equal(first, second);
    }
}
