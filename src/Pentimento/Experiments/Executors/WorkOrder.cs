using Pentimento.Experiments.Store;

namespace Pentimento.Experiments.Executors;

/// <summary>An experiment's steps, as an executor sees them: a store, and how far the work in it is.</summary>
/// <param name="Store">The store, which holds the recipe by which any worker builds the steps again.</param>
/// <param name="Look">Says how far the work is; each look costs little.</param>
internal sealed record WorkOrder(RunStore Store, Func<WorkState> Look)
{
    /// <summary>Where workers are started, so that relative paths mean the same.</summary>
    public string Directory { get; init; } = Environment.CurrentDirectory;

    /// <summary>The folder in which workers keep painted sets.</summary>
    public string Cache { get; init; } = "";

    /// <summary>The device on which steps compute.</summary>
    public Device Device { get; init; }

    /// <summary>How many threads each worker has.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The time after which no further step is begun; null for none.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Whether to come back once the work is submitted.</summary>
    public bool Detach { get; init; }

    /// <summary>What the work is called where its progress is reported.</summary>
    public string Name { get; init; } = "steps";

    /// <summary>The program that takes <c>work STORE</c> and its options; none for this software's own.</summary>
    public IReadOnlyList<string> Program { get; init; } = [];
}

/// <summary>How far the work is.</summary>
/// <param name="Total">How many steps there are.</param>
/// <param name="Done">How many are done.</param>
/// <param name="Ready">How many could be done now.</param>
/// <param name="Layers">How many are open in each layer: a step's layer comes after those of the steps that it needs.</param>
/// <param name="Failed">Steps that would fail everywhere and always.</param>
/// <param name="Seconds">The mean time of the steps that are done; null where none is.</param>
internal sealed record WorkState(
    int Total, int Done, int Ready, IReadOnlyList<int> Layers, IReadOnlyList<StepFailure> Failed, double? Seconds)
{
    /// <summary>Whether nothing is left that could be done.</summary>
    public bool IsOver => Ready == 0;
}
