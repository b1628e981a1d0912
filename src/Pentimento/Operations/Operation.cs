using Pentimento.Foundation.Configuration;

namespace Pentimento.Operations;

/// <summary>
/// A job that can be asked for: an immutable record whose properties are its inputs and options. The same record is a verb of the command line, a
/// call of the library, a step of a recipe, and a task of a cluster; its result is one record, which is what <c>--json</c> prints.
/// </summary>
[Family("operations", Everywhere = true)]
public abstract record Operation
{
    /// <summary>Whether the job computes with tensors, so that libtorch must be loaded.</summary>
    internal virtual bool NeedsTorch => true;

    /// <summary>The seed of a run whose user gave none.</summary>
    internal virtual ulong DefaultSeed => 0;

    /// <summary>The type of the result.</summary>
    internal abstract Type ResultType { get; }

    /// <summary>The exit code of a command whose result this is.</summary>
    internal virtual int ExitCode(object result) => 0;

    /// <summary>Refuses options that contradict each other, before any work.</summary>
    /// <exception cref="BadInputException">Options contradict each other.</exception>
    internal virtual void Check()
    {
    }

    /// <summary>What the user should know before the work begins; null for nothing.</summary>
    /// <param name="device">Where it will be done.</param>
    internal virtual string? Note(Device device) => null;

    /// <summary>The operation with the seed that its user gave, where a recipe names its own; as it is where the run's seed decides.</summary>
    internal virtual Operation WithSeed(ulong seed) => this;

    /// <summary>The operation with all that it leaves open decided, such as the folder of a new run.</summary>
    internal virtual Operation Prepared() => this;

    /// <summary>Inputs that are named within a setting or within the file that it names, with how a text among them names a file.</summary>
    internal virtual IReadOnlyList<(object? Value, InputAttribute? File)> FurtherInputs() => [];

    /// <summary>How work that was interrupted is continued; null where it begins anew.</summary>
    internal virtual Resumption? Resumption => null;

    /// <summary>What must be known before a result is believed, in a sentence; null where there is nothing.</summary>
    internal virtual string? Caution(object result) => null;

    /// <summary>Goes on after the result is shown, as a server does; returns when it is cancelled.</summary>
    /// <param name="result">What was shown.</param>
    /// <param name="cancel">Ends it.</param>
    internal virtual void Remain(object result, CancellationToken cancel)
    {
    }

    /// <summary>Does the job.</summary>
    /// <exception cref="BadInputException">An input cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal abstract object Execute(RunContext run);
}

/// <summary>A job with its type of result.</summary>
/// <typeparam name="TResult">The record of everything that was measured, verdict included.</typeparam>
public abstract record Operation<TResult> : Operation where TResult : class
{
    internal sealed override Type ResultType => typeof(TResult);

    /// <summary>Does the job.</summary>
    /// <param name="run">Device, seed, threads, progress and cancellation.</param>
    /// <exception cref="BadInputException">An input cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal abstract TResult Run(RunContext run);

    internal sealed override object Execute(RunContext run)
    {
        Check();
        Overwriting.Refuse(this);
        return Run(run);
    }
}
