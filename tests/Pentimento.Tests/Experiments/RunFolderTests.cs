using Pentimento.Experiments;

namespace Pentimento.Tests.Experiments;

public sealed class RunFolderTests
{
    [Fact]
    public void A_stage_that_is_done_is_not_done_again_even_by_another_process()
    {
        using var desk = new Desk();

        Assert.Equal(1, desk.Do());
        Assert.Equal(1, desk.Do());
        Assert.Equal(1, desk.Reopen().Do());
        Assert.Equal(1, desk.Times);
        Assert.Equal(1, desk.Reopen().Folder.Result<int>("stage"));
        Assert.Equal(["stage"], desk.Folder.Seconds.Keys);
        Assert.True(RunFolder.Holds(desk.Scratch.Folder));
    }

    [Fact]
    public void What_it_depends_on_decides_whether_it_is_done()
    {
        using var desk = new Desk();
        desk.Do("settings");

        Assert.Equal(2, desk.Do("other settings"));
        Assert.Equal(2, desk.Do("other settings"));
        Assert.Equal(3, desk.Do("settings"));
    }

    [Fact]
    public void Keys_of_other_stages_and_dependencies_differ()
    {
        using var desk = new Desk();

        string[] keys = [Key("a", "b"), Key("a", "c"), Key("b", "b"), Key("a", "b", "c"), Key("a", "b\nc")];

        Assert.Equal(5, keys.Distinct().Count());
        Assert.Equal(keys[0], Key("a", "b"));

        string Key(string name, params string[] depends) => desk.Folder.Stage(name, depends, [], () => 0, RunContext.OnCpu()).Key;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_missing_or_altered_output_is_made_again(bool missing)
    {
        using var desk = new Desk();
        desk.Do();
        if (missing) File.Delete(desk.Scratch.At("output.txt"));
        else File.AppendAllText(desk.Scratch.At("output.txt"), "!");

        Assert.Equal(2, desk.Reopen().Do());
        Assert.Equal("2", File.ReadAllText(desk.Scratch.At("output.txt")));
    }

    [Fact]
    public void A_stage_whose_result_is_lost_is_done_again()
    {
        using var desk = new Desk();
        desk.Do();
        File.Delete(desk.Scratch.At("results.json"));

        Assert.Equal(2, desk.Reopen().Do());
    }

    [Fact]
    public void A_stage_that_fails_is_not_done()
    {
        using var desk = new Desk();

        Assert.Throws<IOException>(() => desk.Folder.Stage<int>("stage", [], [], () => throw new IOException("full"), RunContext.OnCpu()));
        Assert.Empty(Directory.GetFileSystemEntries(desk.Scratch.Folder));
        Assert.Contains("has no results of the stage 'stage' yet", Assert.Throws<BadInputException>(() => desk.Folder.Result<int>("stage")).Message);
    }

    [Theory]
    [InlineData("manifest.json", "{")]
    [InlineData("manifest.json", "[]")]
    [InlineData("manifest.json", "")]
    [InlineData("manifest.json", """{"stages": {"stage": 5}}""")]
    [InlineData("manifest.json", """{"stages": {"stage": null}}""")]
    [InlineData("manifest.json", """{"stages": {"stage": {"key": "k"}}}""")]
    [InlineData("manifest.json", """{"stages": {"stage": {"key": "k", "seconds": "long", "outputs": {}}}}""")]
    [InlineData("manifest.json", """{"stages": {}, "stages": {}}""")]
    [InlineData("manifest.json", """{"stages": [1]}""")]
    [InlineData("results.json", "{")]
    [InlineData("results.json", "null")]
    [InlineData("results.json", """{"a": 1, "a": 2}""")]
    public void A_damaged_file_is_named_in_one_sentence(string file, string text)
    {
        using var desk = new Desk();
        desk.Do();
        desk.Scratch.Write(file, text);

        var message = Assert.Throws<BadInputException>(() => desk.Reopen()).Message;

        Assert.Contains(file, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_result_of_another_kind_is_named_in_one_sentence()
    {
        using var desk = new Desk();
        desk.Do();

        Assert.Contains("results.json", Assert.Throws<BadInputException>(() => desk.Folder.Result<int[]>("stage")).Message);
    }

    [Fact]
    public void It_says_when_a_stage_was_found_done_and_stops_there_when_asked()
    {
        using var desk = new Desk();
        using var heard = new Heard(_ => true);
        desk.Do();

        desk.Folder.Stage("stage", ["settings"], ["output.txt"], () => 9, heard.Run());

        Assert.Equal("found done", heard.Ticks.Single().Stage);
    }

    /// <summary>A run with one stage that counts how often it is done.</summary>
    private sealed class Desk : IDisposable
    {
        public Scratch Scratch { get; } = new();

        public RunFolder Folder { get; private set; }

        public int Times { get; private set; }

        public Desk() => Folder = new(Scratch.Folder);

        public Desk Reopen()
        {
            Folder = new(Scratch.Folder);
            return this;
        }

        public int Do(string depends = "settings") => Folder.Stage("stage", [depends], ["output.txt"], Work, RunContext.OnCpu()).Result;

        public void Dispose() => Scratch.Dispose();

        private int Work()
        {
            Scratch.Write("output.txt", $"{++Times}");
            return Times;
        }
    }
}
