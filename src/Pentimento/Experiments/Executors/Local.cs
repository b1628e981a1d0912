using System.ComponentModel.DataAnnotations;

namespace Pentimento.Experiments.Executors;

/// <summary>Works on this machine: in this process, or with several processes on one store.</summary>
/// <remarks>
/// Each process claims steps by files in the store, as tasks of a cluster do. One that dies is replaced, and its step is done again.
/// </remarks>
/// <param name="Workers">How many processes; 1 for this one alone.</param>
/// <param name="Retries">How often a step is begun again whose worker died.</param>
/// <param name="Software">The folder of the pentimento command that workers run; by default this program's own.</param>
internal sealed record Local(
    [property: Range(1, 4096)] int Workers = 1, [property: Range(0, 100)] int Retries = 2, string Software = "") : Executor
{
    internal override bool IsInProcess => Workers == 1;

    internal override int ThreadsOf(int here) => Math.Max(1, here / Workers);

    internal override void Complete(WorkOrder order, RunContext run)
    {
        var program = order.Program.Count > 0 ? order.Program : Executors.Software.Command(Software);
        using var workers = new LocalWorkers(order, program, Workers, Retries);
        workers.Complete(run);
    }
}
