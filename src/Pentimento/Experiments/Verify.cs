using System.ComponentModel.DataAnnotations;
using Pentimento.Experiments.Executors;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Experiments;

/// <summary>Measures published numbers again and says whether ours agree.</summary>
/// <remarks>
/// Each number is measured on its authors' own terms, the benchmark painted and the network trained anew for every seed. A number agrees where
/// Welch's test does not tell ours from the published one though it would have found a difference of five points; with too few seeds it is undecided.
/// Interrupted, it continues with the same --out. With --limit it only shows that everything runs.
/// </remarks>
/// <example>
/// pentimento verify arjovsky --seeds 10
/// pentimento verify rebias-vanilla-99 --seeds 3 --json
/// </example>
internal sealed record Verify : Operation<VerifyResult>
{
    /// <summary>Which published numbers, by name or its beginning; all by default.</summary>
    [Argument, Called("check")]
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>How many seeds each is measured with, from --seed (default: 1) on.</summary>
    [Range(1, int.MaxValue)]
    public int Seeds { get; init; } = 10;

    /// <summary>Take the first N images of each set, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int Limit { get; init; }

    /// <summary>Where they are measured: local, with workers=N in as many processes, or slurm, on a cluster.</summary>
    [Incidental]
    public Executor On { get; init; } = new Local();

    /// <summary>Come back once the work is submitted to a cluster; follow it with attach.</summary>
    [Incidental]
    public bool Detach { get; init; }

    /// <summary>The run's folder; one that is begun is continued. By default a new one in runs/.</summary>
    [Output("FOLDER")]
    public string? Out { get; init; }

    internal override ulong DefaultSeed => 1;

    /// <inheritdoc/>
    internal override Resumption? Resumption => new("Finished measurements", "out", Out);

    /// <inheritdoc/>
    internal override Operation Prepared() => this with { Out = Path.GetFullPath(Out ?? NewRun.Folder("verify")) };

    /// <inheritdoc/>
    internal override void Check()
    {
        new Placement { Executor = On, Detach = Detach }.Check();
        PublishedResult.Chosen(Checks);
    }

    /// <inheritdoc/>
    internal override VerifyResult Run(RunContext run)
    {
        var folder = ((Verify)Prepared()).Out!;
        var recipe = new VerifyRecipe
        {
            Checks = [.. PublishedResult.Chosen(Checks).Select(known => known.Name)],
            First = run.Seed.Value,
            Seeds = Seeds,
            Limit = Limit,
        };
        return new(folder, new ReproductionRun(recipe) { On = new() { Executor = On, Detach = Detach } }.Run(folder, run));
    }
}

/// <summary>Published numbers beside ours.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Checks">One a number.</param>
internal sealed record VerifyResult(string Run, IReadOnlyList<Reproduction> Checks);
