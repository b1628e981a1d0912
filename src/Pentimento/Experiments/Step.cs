using Pentimento.Experiments.Store;

namespace Pentimento.Experiments;

/// <summary>One node of an experiment's graph: a named piece of work, and the steps whose results it needs.</summary>
/// <param name="name">What recipes call it: letters, digits and hyphens.</param>
/// <param name="after">The names of the steps that must be finished before.</param>
internal abstract class Step(string name, IReadOnlyList<string> after)
{
    /// <summary>What recipes call it.</summary>
    public string Name => name;

    /// <summary>The steps that must be finished before.</summary>
    public IReadOnlyList<string> After => after;

    /// <summary>About how long it takes beside the others, for the time that is left; only ratios count.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The stage that takes most of its time, by which its progress is told; null where every stage counts.</summary>
    public virtual string? MainStage => null;

    /// <summary>The hash of everything that decides the result.</summary>
    /// <param name="done">The steps before.</param>
    /// <param name="run">Seed and device.</param>
    public abstract string KeyOf(StepResults done, RunContext run);

    /// <summary>Computes the result.</summary>
    /// <param name="done">The steps before.</param>
    /// <param name="folder">Where the step's files go.</param>
    /// <param name="run">Device, seed, progress and cancellation.</param>
    public abstract object Work(StepResults done, string folder, RunContext run);
}

/// <summary>A step that is a function, for what is no operation of its own.</summary>
/// <param name="name">What recipes call it.</param>
/// <param name="after">The names of the steps that must be finished before.</param>
/// <param name="parts">Everything that decides the result besides seed, device and the steps before.</param>
/// <param name="work">Computes the result; it is given the steps before, the folder for the step's files, and the context.</param>
internal sealed class ComputedStep(
    string name, IReadOnlyList<string> after, IReadOnlyList<string> parts, Func<StepResults, string, RunContext, object> work) : Step(name, after)
{
    /// <summary>The random stream of the step; null for the run's.</summary>
    public Seed? Seed { get; init; }

    /// <inheritdoc/>
    public override string KeyOf(StepResults done, RunContext run) => StepKey.Of(
        (string[])[Name, $"{(Seed ?? run.Seed).Value}", $"{run.Device}", $"{parts.Count}", .. parts, .. After.Select(step => done[step].Record.Key)]);

    /// <inheritdoc/>
    public override object Work(StepResults done, string folder, RunContext run) => work(done, folder, run with { Seed = Seed ?? run.Seed });
}
