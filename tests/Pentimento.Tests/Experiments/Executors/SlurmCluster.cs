using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Pentimento.Tests.Experiments.Executors;

/// <summary>Slurm on this machine alone: a controller and four virtual nodes, there for a class of tests.</summary>
public sealed class SlurmCluster : IDisposable
{
    private const int Nodes = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Scratch scratch = new();
    private readonly List<Process> daemons = [];
    private readonly Dictionary<string, Process> nodes = [];

    public SlurmCluster()
    {
        Missing = WhatIsMissing();
        if (Missing is null) Begin();
    }

    /// <summary>Why there is no cluster here; null where there is one.</summary>
    public string? Missing { get; private set; }

    /// <summary>Runs a command of Slurm's and says what it prints.</summary>
    public static string Ask(string command, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(command, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Trim();
    }

    /// <summary>Kills a node in the midst of its work: its daemon and everything that it has started.</summary>
    public void Kill(string node)
    {
        nodes[node].Kill();
        foreach (var id in ProcessesOf(node))
        {
            Ask("kill", "-KILL", Ask("ps", "-o", "ppid=", "-p", $"{id}"), $"{id}");
        }

        Ask("scontrol", "update", $"NodeName={node}", "State=DOWN", "Reason=killed");
    }

    /// <summary>Brings a node back.</summary>
    public void Revive(string node)
    {
        Start(node);
        Ask("scontrol", "update", $"NodeName={node}", "State=RESUME");
    }

    public void Dispose()
    {
        if (daemons.Count > 0)
        {
            Ask("scancel", "--user", Environment.UserName);
            SpinWait.SpinUntil(() => Ask("squeue", "-h").Length == 0, TimeSpan.FromSeconds(5));
        }

        foreach (var daemon in Enumerable.Reverse(daemons))
        {
            if (!daemon.HasExited) daemon.Kill();
            daemon.WaitForExit();
            daemon.Dispose();
        }

        Environment.SetEnvironmentVariable("SLURM_CONF", null);
        scratch.Dispose();
    }

    private static string? WhatIsMissing()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return "a cluster on one machine needs Linux and root";
        string[] wanted = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol"];
        var folders = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':');
        return wanted.FirstOrDefault(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))) is { } missing
            ? $"there is no {missing}; install slurm-wlm and munge"
            : null;
    }

    private void Begin()
    {
        foreach (var folder in (string[])["state", "spool", "log", "munge"]) Directory.CreateDirectory(scratch.At(folder));
        File.WriteAllBytes(scratch.At("munge/key"), RandomNumberGenerator.GetBytes(1024));
        if (OperatingSystem.IsLinux()) File.SetUnixFileMode(scratch.At("munge/key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Daemon(
            "munged", "--foreground", "--force", $"--key-file={scratch.At("munge/key")}", $"--socket={Socket}",
            $"--pid-file={scratch.At("munge/pid")}", $"--log-file={scratch.At("log/munged")}", $"--seed-file={scratch.At("munge/seed")}");
        File.WriteAllText(scratch.At("slurm.conf"), Configuration());
        Environment.SetEnvironmentVariable("SLURM_CONF", scratch.At("slurm.conf"));
        SpinWait.SpinUntil(() => File.Exists(Socket), Patience);
        Daemon("slurmctld", "-D", "-c");
        for (var at = 1; at <= Nodes; at++) Start($"node{at}");
        if (!SpinWait.SpinUntil(() => Ask("sinfo", "-h", "-t", "idle", "-o", "%D") == $"{Nodes}", Patience))
            Missing = $"Slurm does not start here: {string.Join(' ', File.ReadLines(scratch.At("log/slurmctld")).TakeLast(1))}";
    }

    private string Socket => scratch.At("munge/socket");

    private void Start(string node) => nodes[node] = Daemon("slurmd", "-D", "-N", node);

    private Process Daemon(string program, params string[] words)
    {
        var file = File.Exists($"/usr/sbin/{program}") ? $"/usr/sbin/{program}" : program;
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", scratch.At($"log/{program}.out"), file, .. words]);
        var process = Process.Start(start)!;
        daemons.Add(process);
        return process;
    }

    private string Configuration()
    {
        var host = Dns.GetHostName().Split('.')[0];
        var ports = FreePorts(Nodes + 2);
        var lines = Enumerable.Range(1, Nodes).Select(at =>
            $"NodeName=node{at} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[at]} CPUs=2 RealMemory=4000");
        return $"""
            ClusterName=pentimento
            SlurmctldHost={host}(127.0.0.1)
            SlurmUser=root
            SlurmdUser=root
            AuthType=auth/munge
            AuthInfo=socket={Socket}
            SlurmctldPort={ports[0]}
            StateSaveLocation={scratch.At("state")}
            SlurmdSpoolDir={scratch.At("spool")}/%n
            SlurmctldPidFile={scratch.At("slurmctld.pid")}
            SlurmdPidFile={scratch.Folder}/%n.pid
            SlurmctldLogFile={scratch.At("log/slurmctld")}
            SlurmdLogFile={scratch.Folder}/log/%n
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SchedulerParameters=bf_interval=1,sched_min_interval=0,batch_sched_delay=0
            ReturnToService=2
            KillWait=2
            MinJobAge=300
            JobRequeue=0
            SwitchType=switch/none
            MpiDefault=none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SlurmdParameters=config_overrides
            {string.Join('\n', lines)}
            PreemptType=preempt/partition_prio
            PreemptMode=REQUEUE
            PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1
            PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=10

            """;
    }

    private IEnumerable<int> ProcessesOf(string node) =>
        Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder)).Where(name => name.All(char.IsDigit))
            .Where(name => EnvironmentOf(name) is var text && text.Contains($"SLURMD_NODENAME={node}\0", StringComparison.Ordinal)
                && text.Contains($"SLURM_CONF={scratch.At("slurm.conf")}\0", StringComparison.Ordinal))
            .Select(int.Parse);

    private static string EnvironmentOf(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}
