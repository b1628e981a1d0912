using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments.Executors;

/// <summary>Where an experiment's steps are worked on.</summary>
[Family("executors")]
public abstract record Executor
{
    /// <summary>Whether the steps are done in this process.</summary>
    internal virtual bool IsInProcess => false;

    /// <summary>The device on which the steps compute.</summary>
    /// <param name="here">This process's.</param>
    internal virtual Device DeviceOf(Device here) => here;

    /// <summary>How many threads each step gets; results are the same to the last bit for the same number.</summary>
    /// <param name="here">How many there are for this process.</param>
    internal virtual int ThreadsOf(int here) => here;

    /// <summary>Has the steps done, and comes back when none is left that can be done.</summary>
    /// <param name="order">The steps and their store.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <exception cref="BadInputException">The workers cannot be started, or a step fails again and again.</exception>
    /// <exception cref="DetachedException">The work goes on without this process.</exception>
    internal abstract void Complete(WorkOrder order, RunContext run);
}
