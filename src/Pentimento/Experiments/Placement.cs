using Pentimento.Experiments.Executors;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>Where a run's steps are worked on, and whether its command waits for them.</summary>
internal sealed record Placement
{
    /// <summary>Where.</summary>
    public Executor Executor { get; init; } = new Local();

    /// <summary>Whether the command comes back once the work is submitted.</summary>
    public bool Detach { get; init; }

    /// <summary>Refuses what contradicts itself.</summary>
    /// <exception cref="BadInputException">Work in this process cannot go on without it.</exception>
    public void Check() =>
        Require.That(!Detach || Executor is Slurm, $"--detach leaves work to a cluster: it needs --on slurm, not {Catalog.NameOf(Executor)}.");
}
