using System.ComponentModel.DataAnnotations;

namespace Pentimento.Experiments.Executors;

/// <summary>Works on a cluster with Slurm: a job array for each layer of independent steps.</summary>
/// <remarks>
/// Yoo, Jette and Grondona, 2003, "SLURM: Simple Linux utility for resource management". Tasks claim steps by files in the store, which must be a
/// folder that every node sees. Results are the same to the last bit for the same number of cpus on processors of one kind.
/// </remarks>
/// <param name="Partition">The partition; by default the cluster's.</param>
/// <param name="Time">The time limit of a task, as sbatch takes it: minutes, or 2:00:00; by default the partition's.</param>
/// <param name="Cpus">Cores, and threads, of a task.</param>
/// <param name="Gpus">GPUs of a task; with any, steps compute on the first.</param>
/// <param name="Array">The most tasks of an array; 0 for as many as the steps and their measured times ask for.</param>
/// <param name="Parallel">The most tasks that run at a time; 0 for as many as the cluster has room for.</param>
/// <param name="Memory">Memory of a task, such as 8G; doubled for steps that ran out of it. By default the partition's.</param>
/// <param name="Setup">Shell commands before the work, such as (module load cuda).</param>
/// <param name="Software">The folder of the pentimento command, which every node sees; by default this program is copied into the store
/// once.</param>
/// <param name="Container">An image that apptainer runs and whose pentimento command is used instead.</param>
/// <param name="Options">Further options of sbatch, such as (--account=physics --qos=long).</param>
/// <param name="Retries">How often a step is submitted again that failed, ran out of time or memory, or lost its node.</param>
internal sealed record Slurm(
    string Partition = "",
    string Time = "",
    [property: Range(1, 4096)] int Cpus = 1,
    [property: Range(0, 64)] int Gpus = 0,
    [property: Range(0, 1_000_000)] int Array = 0,
    [property: Range(0, 1_000_000)] int Parallel = 0,
    string Memory = "",
    string Setup = "",
    string Software = "",
    string Container = "",
    string Options = "",
    [property: Range(0, 100)] int Retries = 3) : Executor
{
    internal override Device DeviceOf(Device here) => Gpus > 0 ? Device.Cuda : here;

    internal override int ThreadsOf(int here) => Cpus;

    internal override void Complete(WorkOrder order, RunContext run)
    {
        // Published when the first job is submitted: whoever finds all done needs no copy.
        var submissions = new SlurmSubmissions(this, order, new(() => Program(order, run)));
        new SlurmFollower(this, order, submissions).Complete(run);
    }

    private IReadOnlyList<string> Program(WorkOrder order, RunContext run)
    {
        if (order.Program.Count > 0) return order.Program;
        if (Container.Length > 0) return ["apptainer", "exec", .. Gpus > 0 ? (string[])["--nv"] : [], Container, "pentimento"];
        return Executors.Software.Command(Software.Length > 0 ? Software : Executors.Software.Publish(order.Store.At("software"), run));
    }
}
