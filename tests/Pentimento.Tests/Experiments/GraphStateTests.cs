using Pentimento.Experiments;
using Pentimento.Experiments.Store;

namespace Pentimento.Tests.Experiments;

/// <summary>How far a graph is, as seen by whoever follows it.</summary>
public sealed class GraphStateTests
{
    [Fact]
    public void Finished_steps_are_counted_once_though_some_need_others()
    {
        using var scratch = new Scratch();
        Step[] plan = [Number("a"), Number("b", "a"), Number("c", "b"), Number("d")];
        using var worker = new RunStore(scratch.Folder, job: "w");
        new StepWorker(worker, RunContext.OnCpu()).Work(plan[..2]);
        using var store = new RunStore(scratch.Folder);
        using var index = StoreIndex.Open(store, "");

        var state = new GraphState(plan, store, index, RunContext.OnCpu());
        var first = state.Look();
        new StepWorker(worker, RunContext.OnCpu()).Work(plan);
        var last = state.Look();

        // a and b are done; c and d could be done now, in the third and the first layer.
        Assert.Equal((4, 2, 2), (first.Total, first.Done, first.Ready));
        Assert.Equal([1, 0, 1], first.Layers);
        Assert.Equal((4, 0), (last.Done, last.Ready));
        Assert.True(last.IsOver);
    }

    [Fact]
    public void A_step_whose_files_changed_is_open_again()
    {
        using var scratch = new Scratch();
        Step[] plan = [Number("a")];
        using var worker = new RunStore(scratch.Folder, job: "w");
        new StepWorker(worker, RunContext.OnCpu()).Work(plan);
        using var store = new RunStore(scratch.Folder);
        using var index = StoreIndex.Open(store, "");
        File.WriteAllText(Path.Combine(Directory.GetDirectories(scratch.At("steps")).Single(), "result.json"), "7");

        var state = new GraphState(plan, store, index, RunContext.OnCpu());

        Assert.Equal((0, 1), (state.Look().Done, state.Look().Ready));
        // A new worker reads the old journal, and does the step again all the same.
        Assert.Equal(1, new StepWorker(worker, RunContext.OnCpu()).Work(plan));
        Assert.Equal(1, state.Look().Done);
    }

    private static ComputedStep Number(string name, params string[] after) => new(name, after, [], (_, _, _) => name.Length);
}
