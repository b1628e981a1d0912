using Pentimento.Data;
using Pentimento.Experiments;
using Pentimento.Networks;
using Pentimento.Operations;

namespace Pentimento.Studies.Parts;

/// <summary>What chapters work with: the sets, the trained networks, and the sweeps, each in a folder of its own within the run.</summary>
/// <param name="recipe">What to do.</param>
/// <param name="folder">The run.</param>
/// <param name="library">Where sets are found.</param>
/// <param name="run">Progress, cancellation, and the study's own seed.</param>
/// <param name="jobs">How many trainings run at a time.</param>
internal sealed class StudyContext(StudyRecipe recipe, string folder, DataLibrary library, RunContext run, int jobs)
{
    private readonly Dictionary<string, IReadOnlyList<TrialResult>> sweeps = [];

    public StudyRecipe Recipe => recipe;

    public RunContext Run => run;

    public DataLibrary Library => library;

    /// <summary>A set's test images, the first of them where a number is given.</summary>
    public ImageSet Test(string name, int most = 0) =>
        library.Find(name, Split.Test, most > 0 && (recipe.Limit == 0 || most < recipe.Limit) ? most : recipe.Limit, run);

    public ImageSet Learned(string name) => library.Find(name, Split.Train, recipe.Limit, run);

    /// <summary>Runs a sweep, or finds it done.</summary>
    public IReadOnlyList<TrialResult> Sweep(string name, Sweep sweep)
    {
        if (sweeps.TryGetValue(name, out var known))
            return known;
        return sweeps[name] = new SweepRun(recipe.Limit > 0 ? sweep with { Limit = recipe.Limit } : sweep, Path.Combine(folder, name), library,
            run).Run(
            jobs);
    }

    /// <summary>A trained's trainings, one a seed.</summary>
    /// <exception cref="BadInputException">One of them made no network.</exception>
    public IReadOnlyList<TrialResult> Trainings(string trained)
    {
        var results = Sweep("networks", recipe.NetworkSweep);
        var wanted = recipe.Networks.Single(one => one.Name == trained).Trials.ToList();
        var found = results.Where(result => wanted.Exists(result.IsOf)).ToList();
        Require.That(
            found.All(result => result.Failure is null),
            $"The trained '{trained}' could not be trained: {found.FirstOrDefault(result => result.Failure is not null)?.Failure}");
        return found;
    }

    /// <summary>Asks each of a trained's networks something.</summary>
    public IReadOnlyList<T> Evaluate<T>(string trained, Func<Classifier, T> ask) =>
        [.. Enumerable.Range(0, Trainings(trained).Count).Select(at => Evaluate(trained, at, ask))];

    /// <summary>Asks the network of one of a trained's seeds something.</summary>
    public T Evaluate<T>(string trained, int at, Func<Classifier, T> ask)
    {
        using var network = Model(trained, at);
        return ask(network);
    }

    /// <summary>The network of one of a trained's seeds; the caller disposes it.</summary>
    public Classifier Model(string trained, int at = 0) =>
        ModelFile.Read(Path.Combine(folder, "networks", Trainings(trained)[at].Model!)).On(run.Device);

    /// <summary>A trained's accuracy on one of the evaluated sets.</summary>
    public SeedSpread Accuracy(string trained, string set) =>
        SeedSpread.Of(Trainings(trained).Select(trial => trial.Evaluations.First(evaluation => evaluation.Data == set).Accuracy));
}
