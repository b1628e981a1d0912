using Pentimento.Experiments;
using Pentimento.Experiments.Store;
using Pentimento.Operations;

namespace Pentimento.Tests.Experiments;

public sealed class RunnerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Each_step_comes_after_those_that_it_needs_and_gets_their_results(int jobs)
    {
        using var bench = new Bench();

        var done = bench.Run(jobs, Sum("all", "a", "b", "c"), Sum("c", "a", "b"), Sum("b", "a"), Number("a", 1));

        // b = 1 + 1, c = 1 + 2 + 1, all = 1 + 2 + 4 + 1
        Assert.Equal([1, 2, 4, 8], new[] { "a", "b", "c", "all" }.Select(done.Of<int>));
        Assert.Equal(4, bench.Worked.Count);
    }

    [Fact]
    public void What_is_done_is_not_done_again_and_a_change_repeats_what_hangs_on_it_alone()
    {
        using var bench = new Bench();
        bench.Run(1, Number("a", 1), Number("b", 5), Sum("of-a", "a"), Sum("of-b", "b"));
        bench.Worked.Clear();

        var done = bench.Run(1, Number("a", 2), Number("b", 5), Sum("of-a", "a"), Sum("of-b", "b"));

        Assert.Equal((3, 6), (done.Of<int>("of-a"), done.Of<int>("of-b")));
        Assert.Equal(["a", "of-a"], bench.Worked.Order());
    }

    [Fact]
    public void A_step_that_fails_ends_the_run_and_what_was_done_is_kept()
    {
        using var bench = new Bench();
        var broken = new ComputedStep("broken", ["a"], [], (_, _, _) => throw new BadInputException("no"));

        Assert.Throws<BadInputException>(() => bench.Run(2, Number("a", 1), broken, Sum("never", "broken")));

        bench.Worked.Clear();
        bench.Run(1, Number("a", 1));
        Assert.Empty(bench.Worked);
    }

    [Fact]
    public void Without_time_one_step_is_begun_and_what_is_done_already_is_found()
    {
        using var bench = new Bench();
        bench.Run(1, Number("old", 1));
        bench.Worked.Clear();

        var done = bench.Run(1, TimeSpan.Zero, Number("old", 1), Number("a", 1), Number("b", 2), Sum("never", "b"));

        Assert.Equal(["a"], bench.Worked);
        Assert.NotNull(done.Find("old"));
        Assert.Null(done.Find("b"));
        Assert.Null(done.Find("never"));
    }

    [Fact]
    public void Cancelled_it_stops_and_keeps_what_is_done()
    {
        using var bench = new Bench();
        using var heard = new Heard(tick => tick.Stage.EndsWith("second: work", StringComparison.Ordinal));
        var second = new ComputedStep("second", ["a"], [], (_, _, run) =>
        {
            run.Report(new("work", 0, 1));
            run.Report(new("work", 1, 1));
            return 0;
        });

        Assert.Throws<OperationCanceledException>(() => new Runner(bench.Store, heard.Run()).Run([Number("a", 1), second]));

        Assert.Contains("2 of 2, second: work", heard.Ticks.Select(tick => tick.Stage));
        Assert.NotNull(bench.Run(1, Number("a", 1)).Find("a"));
    }

    [Fact]
    public void Graphs_that_cannot_be_run_are_refused_in_a_sentence()
    {
        using var bench = new Bench();
        string Refusal(params Step[] plan) => Assert.Throws<BadInputException>(() => bench.Run(1, plan)).Message;

        Assert.Contains("Two steps are called 'a'", Refusal(Number("a", 1), Number("a", 2)), StringComparison.Ordinal);
        Assert.Contains("'b' needs the step 'lasy'; did you mean 'lazy'?", Refusal(Number("lazy", 1), Sum("b", "lasy")), StringComparison.Ordinal);
        Assert.Contains("wait for each other", Refusal(Sum("a", "b"), Sum("b", "a")), StringComparison.Ordinal);
        Assert.Empty(bench.Worked);
    }

    [Fact]
    public void As_one_work_it_never_goes_back()
    {
        using var bench = new Bench();
        using var heard = new Heard();
        var trainings = Enumerable.Range(0, 6).Select(at => new ComputedStep($"t{at}", [], [], (_, _, run) =>
        {
            for (var step = 1; step <= 3; step++) run.Report(new("train", step, 3));
            return at;
        }));

        new Runner(bench.Store, heard.Run()) { Whole = "sweep" }.Run([.. trainings]);

        Assert.All(heard.Ticks, tick => Assert.Equal("sweep", tick.Stage));
        Assert.Equal(heard.Ticks.Select(tick => tick.Done).Order(), heard.Ticks.Select(tick => tick.Done));
        Assert.Equal((heard.Ticks[^1].Total, "6 of 6 done"), (heard.Ticks[^1].Done, heard.Ticks[^1].Note));
    }

    [Fact]
    public void What_a_training_measures_before_its_first_epoch_is_not_taken_for_its_end()
    {
        using var heard = new Heard();
        var plan = new Step[] { Training("first"), Training("second") };
        var first = new RunnerProgress(heard, plan, null).Of("first");

        first.Report(new("evaluate rg_95z", 10, 10));
        first.Report(new("train", 1, 2));
        first.Report(new("evaluate gr_95z", 10, 10));
        first.Report(new("train", 2, 2));

        // Half of all the work is the first step's, and its last twentieth is what comes after the training.
        Assert.Equal([0, 0.2375, 0.2375, 0.475], heard.Ticks.Select(tick => Math.Round(tick.Whole!.Value, 6)));
    }

    private static readonly AsyncLocal<List<string>?> Log = new();

    private static OperationStep Training(string name) => new(name, new Train { Data = ["rg_95z"] });

    private static ComputedStep Number(string name, int value) => new(name, [], [$"{value}"], (_, _, _) => Worked(name, value));

    private static ComputedStep Sum(string name, params string[] after) =>
        new(name, after, [], (done, _, _) => Worked(name, after.Sum(done.Of<int>) + 1));

    private static int Worked(string name, int value)
    {
        lock (Log.Value!) Log.Value.Add(name);
        return value;
    }

    /// <summary>A store, and the names of the steps that were worked on.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly Scratch scratch = new();

        public Bench()
        {
            Store = new(scratch.Folder);
            Log.Value = Worked;
        }

        public RunStore Store { get; }

        public List<string> Worked { get; } = [];

        public StepResults Run(int jobs, params Step[] plan) => new Runner(Store, RunContext.OnCpu()) { Jobs = jobs }.Run(plan);

        public StepResults Run(int jobs, TimeSpan limit, params Step[] plan) =>
            new Runner(Store, RunContext.OnCpu()) { Jobs = jobs, Limit = limit }.Run(plan);

        public void Dispose()
        {
            Store.Dispose();
            scratch.Dispose();
        }
    }
}
