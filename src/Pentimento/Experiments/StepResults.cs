using System.Collections.Concurrent;
using Pentimento.Experiments.Store;

namespace Pentimento.Experiments;

/// <summary>The finished steps of an experiment, by name.</summary>
internal sealed class StepResults
{
    private readonly ConcurrentDictionary<string, FinishedStep> steps = new();

    /// <summary>A finished step.</summary>
    /// <exception cref="BadInputException">It is not finished.</exception>
    public FinishedStep this[string name] => Find(name) ?? throw new BadInputException($"The step '{name}' is not finished.");

    /// <summary>A step; null where it is not finished.</summary>
    public FinishedStep? Find(string name) => steps.GetValueOrDefault(name);

    /// <summary>The result of a finished step.</summary>
    public T Of<T>(string name) => this[name].Result<T>();

    /// <summary>Adds a finished step.</summary>
    internal void Add(FinishedStep step) => steps[step.Record.Name] = step;
}
