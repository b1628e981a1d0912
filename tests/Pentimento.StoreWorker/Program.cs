using System.Globalization;
using System.Runtime.InteropServices;
using Pentimento.Experiments;
using Pentimento.Experiments.Store;
using Pentimento.Foundation;
using Pentimento.StoreWorker;

// Works on a store of tiny steps: FOLDER COUNT, as one process alone; work STORE --tasks I/N --job NAME [--leave], as executors call it;
// or submit STORE MEMORY, which has the steps done by Slurm and prints what stays to be said.
if (args[0] == "submit") return Submitter.Submit(args[1], args[2]);
if (args[0] != "work")
{
    using var alone = new RunStore(args[0]);
    new Runner(alone, RunContext.OnCpu(1)) { Jobs = 2 }.Run(TinySteps.Plan(args[0], int.Parse(args[1], CultureInfo.InvariantCulture)));
    return 0;
}

using var cancel = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    cancel.Cancel();
});
string Option(string name) => args[Array.IndexOf(args, name) + 1];
var share = Option("--tasks").Split('/').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToList();
try
{
    using var store = new RunStore(args[1], job: Option("--job"));
    new StepWorker(store, RunContext.OnCpu(1) with { Cancel = cancel.Token })
    {
        Tasks = (share[0], share[1]),
        Stays = !args.Contains("--leave"),
        Only = args.Contains("--steps") ? File.ReadLines(Option("--steps")).ToHashSet() : null,
    }.Work(TinySteps.Plan(args[1], TinySteps.Count(args[1])));
    return 0;
}
catch (IOException failure)
{
    Console.Error.WriteLine($"pentimento: {failure.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
