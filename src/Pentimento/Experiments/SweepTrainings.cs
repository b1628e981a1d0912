using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pentimento.Experiments.Executors;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Experiments;

/// <summary>Trains many networks side by side and ranks them.</summary>
/// <remarks>
/// Trials are ranked by their selection's score on held-out training digits; the test sets only report. Interrupted, a sweep continues with the same
/// --out. The folder gets trials.csv, results.json, the networks in models/ and a plot of own against reversed accuracy. With --seed every trial has
/// that seed instead of the recipe's.
/// </remarks>
/// <example>
/// pentimento sweep laziest
/// pentimento sweep recipes/smudging.yaml --limit 6000 --out runs/smudging
/// </example>
[Called("sweep")]
internal sealed record SweepTrainings : Operation<SweepTrainingsResult>
{
    /// <summary>A sweep's file, or the name of one that comes along: laziest, smudging, annealing, invariance.</summary>
    [Argument, Input("RECIPE")]
    public required string Recipe { get; init; }

    /// <summary>The run's folder; one that is begun is continued. By default a new one in runs/.</summary>
    [Output("FOLDER")]
    public string? Out { get; init; }

    /// <summary>How many trials are trained at a time, 0 for one a core.</summary>
    [Range(0, int.MaxValue), Incidental]
    public int Jobs { get; init; }

    /// <summary>Where trials are trained: local, with workers=N in as many processes, or slurm, on a cluster.</summary>
    [Incidental]
    public Executor On { get; init; } = new Local();

    /// <summary>Come back once the work is submitted to a cluster; follow it with attach.</summary>
    [Incidental]
    public bool Detach { get; init; }

    /// <summary>Take N images of each set, drawn so that every class keeps its share and the same for everybody; 0 for all; by default what the
    /// recipe says.</summary>
    [Range(0, int.MaxValue)]
    public int? Limit { get; init; }

    /// <summary>The seed of every trial; null for the recipe's.</summary>
    internal ulong? Seed { get; init; }

    /// <inheritdoc/>
    internal override Resumption? Resumption => new("Finished trials", "out", Out);

    /// <inheritdoc/>
    internal override Operation WithSeed(ulong seed) => this with { Seed = seed };

    /// <inheritdoc/>
    internal override Operation Prepared() => this with { Out = Path.GetFullPath(Out ?? NewRun.Folder(Sweep.Read(Recipe).Name)) };

    /// <inheritdoc/>
    internal override void Check()
    {
        new Placement { Executor = On, Detach = Detach }.Check();
        Resolved();
    }

    /// <inheritdoc/>
    internal override SweepTrainingsResult Run(RunContext run)
    {
        var sweep = Resolved();
        var folder = ((SweepTrainings)Prepared()).Out!;
        var trials = new SweepRun(sweep, folder, new(run.Cache, run.Threads), run) { On = new() { Executor = On, Detach = Detach } }
            .Run(Jobs > 0 ? Jobs : run.Threads);
        return new(
            folder,
            Path.Combine(folder, "trials.csv"),
            sweep.Evaluate.Count > 1 ? Path.Combine(folder, "figures", $"{SweepTrainingsResult.FigureName}.png") : null,
            string.Join("; ", sweep.Trials.Select(trial => trial.Training.Selection.Rule).Distinct()),
            trials,
            TrialGroup.Rank(trials)[0].Trials.MaxBy(trial => trial.Score))
        { Evaluated = sweep.Evaluate };
    }

    /// <summary>The recipe with what the options say instead.</summary>
    private Sweep Resolved()
    {
        var sweep = Sweep.Read(Recipe);
        if (Limit is { } most) sweep = sweep with { Limit = most };
        return Seed is { } seed ? sweep with { Trials = [.. sweep.Trials.Select(trial => trial with { Seed = seed }).Distinct()] } : sweep;
    }
}

/// <summary>The trials of a sweep.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Table">The file of the table of all trials.</param>
/// <param name="Figure">The plot of own against reversed accuracy, which the command draws; null where fewer than two sets are evaluated.</param>
/// <param name="Selected">By which rule each trial keeps its epoch.</param>
/// <param name="Trials">One a trial, in the recipe's order.</param>
/// <param name="Best">The best trial of the group of trials that ranks first; null where every trial failed.</param>
internal sealed record SweepTrainingsResult(
    string Run, string Table, string? Figure, string Selected, IReadOnlyList<TrialResult> Trials, TrialResult? Best)
{
    /// <summary>What the plot is called in the run's figures.</summary>
    internal const string FigureName = "own-against-reversed";

    /// <summary>The names of the sets that every network is evaluated on.</summary>
    [JsonIgnore]
    internal IReadOnlyList<string> Evaluated { get; init; } = [];
}
