using Pentimento.Experiments;
using Pentimento.Experiments.Executors;
using Pentimento.Experiments.Store;
using Pentimento.StoreWorker;

namespace Pentimento.Tests.Experiments.Executors;

/// <summary>A store of tiny steps, and what became of them.</summary>
internal sealed class TinyStore : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly int count;

    public TinyStore(int count, params (int At, string Fault)[] faults)
    {
        this.count = count;
        TinySteps.Begin(scratch.Folder, count, faults);
        Store = new(scratch.Folder);
    }

    public RunStore Store { get; }

    /// <summary>The worker's program, beside the tests.</summary>
    public static IReadOnlyList<string> Program => [Path.Combine(AppContext.BaseDirectory, "Pentimento.StoreWorker")];

    /// <summary>Runs the steps on an executor.</summary>
    public WorkState Complete(Executor executor, RunContext? run = null, bool detach = false)
    {
        using var store = new RunStore(scratch.Folder);
        using var index = StoreIndex.Open(store, "");
        var state = new GraphState(TinySteps.Plan(scratch.Folder, count), store, index, RunContext.OnCpu(1));
        var order = new WorkOrder(store, state.Look) { Program = Program, Directory = scratch.Folder, Detach = detach };
        executor.Complete(order, run ?? RunContext.OnCpu(1));
        return state.Look();
    }

    /// <summary>How often each step was begun that was begun more than once.</summary>
    public IReadOnlyDictionary<string, int> BegunAgain => Directory.GetFiles(scratch.At("worked"))
        .GroupBy(file => Path.GetFileName(file).Split('.')[0])
        .Where(step => step.Count() > 1).ToDictionary(step => step.Key, step => step.Count());

    /// <summary>Whether the fault of a step has begun.</summary>
    public bool HasBegun(int at) => File.Exists(scratch.At($"faults/{TinySteps.NameOf(at)}.begun"));

    /// <summary>Every file of every step but the records, which say how long it took, with its content.</summary>
    public IReadOnlyList<(string File, string Content)> Bytes =>
    [
        .. Directory.GetFiles(scratch.At("steps"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "step.json")
            .Select(file => (Path.GetRelativePath(scratch.Folder, file), Convert.ToHexString(File.ReadAllBytes(file)))).Order(),
    ];

    /// <summary>The same steps, done by one process that nothing disturbs.</summary>
    public static IReadOnlyList<(string File, string Content)> Undisturbed(int count)
    {
        using var calm = new TinyStore(count);
        new Runner(calm.Store, RunContext.OnCpu(1)).Run(TinySteps.Plan(calm.Store.Folder, count));
        return calm.Bytes;
    }

    public void Dispose()
    {
        Store.Dispose();
        // Tasks that come too late end by themselves, and until then write their logs.
        var jobs = SlurmSubmissions.Of(scratch.Folder).Select(submission => submission.Job).ToList();
        if (jobs.Count > 0) SpinWait.SpinUntil(() => SlurmCommands.Queue(jobs) is null or { Count: 0 }, TimeSpan.FromSeconds(20));
        scratch.Dispose();
    }
}
