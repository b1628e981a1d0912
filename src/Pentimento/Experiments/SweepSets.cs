using System.Collections.Concurrent;
using Pentimento.Data;
using Pentimento.Operations;
using Pentimento.Training;

namespace Pentimento.Experiments;

/// <summary>The sets of a sweep, read when the first trial asks for them and shared by all: a copy for each would fill the memory.</summary>
/// <param name="sweep">The trials.</param>
/// <param name="library">Where sets are found.</param>
/// <param name="run">Progress and cancellation.</param>
internal sealed class SweepSets(Sweep sweep, DataLibrary library, RunContext run)
{
    private readonly ConcurrentDictionary<string, Lazy<ImageSet>> tests = new();
    // One numbering of classes for all that any trial learns from or is selected by: a class is known by its name.
    private readonly Lazy<IReadOnlyDictionary<string, ImageSet>> training = new(() =>
    {
        var names = sweep.Trials.SelectMany(trial => Names(trial.Train)).Concat(sweep.Validate).Distinct().ToList();
        return names.Zip(ClassNumbering.Together([.. names.Select(name => library.Find(name, Split.Train, sweep.Limit, run))])).ToDictionary();
    });

    private readonly ConcurrentDictionary<string, Lazy<Environments>> learned = new();
    private readonly ConcurrentDictionary<string, Lazy<ImageSet>> held = new();
    private readonly ConcurrentDictionary<string, string> hashes = new();

    /// <summary>The held-out digits by which epochs are selected.</summary>
    public IReadOnlyList<ImageSet> Validation => [.. sweep.Validate.Select(HeldOut)];

    /// <summary>The test sets.</summary>
    public IReadOnlyList<ImageSet> Evaluation => [.. sweep.Evaluate.Select(Test)];

    /// <summary>The training images without those that are held out.</summary>
    public Environments Learned(string train) =>
        learned.GetOrAdd(train, names => new(() =>
            new Environments([.. Names(names).Select(name => training.Value[name])]).HoldOut(sweep.HoldOut, Sweep.HoldOutSeed).Training)).Value;

    /// <summary>What decides every set that a trial learns from or is judged on: for each list its length, then names and hashes.</summary>
    public IEnumerable<string> Hashes(string train) =>
        new[] { Names(train), sweep.Validate, sweep.Evaluate, sweep.Watch }
            .SelectMany(names => names.Select(name => $"{HashOf(name)} {name}").Prepend($"{names.Count}"));

    private string HashOf(string name) => hashes.GetOrAdd(name, text => new DataRef(text).Hash(run));

    private static string[] Names(string train) => train.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private ImageSet HeldOut(string name) =>
        held.GetOrAdd(name, key => new(() => new Environments([training.Value[key]]).HoldOut(sweep.HoldOut, Sweep.HoldOutSeed).HeldOut[0])).Value;

    private ImageSet Test(string name) =>
        tests.GetOrAdd(name, key => new(() => ClassNumbering.As(
            library.Find(key, Split.Test, sweep.Limit, run), training.Value.Values.First().ClassNames, "the training data"))).Value;
}
