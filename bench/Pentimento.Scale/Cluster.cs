namespace Pentimento.Scale;

/// <summary>What a simulated cluster is like.</summary>
/// <param name="Nodes">How many nodes there are, a task on each.</param>
/// <param name="Steps">How many steps there are to do.</param>
internal sealed record Cluster(int Nodes, int Steps)
{
    /// <summary>The mean time of a step on a usual node, seconds.</summary>
    public double StepSeconds { get; init; } = 60;

    /// <summary>The share of attempts that are lost in the midst of a step.</summary>
    public double Failures { get; init; } = 0.01;

    /// <summary>The share of nodes that are slow.</summary>
    public double SlowNodes { get; init; } = 0.05;

    /// <summary>How much faster the usual nodes are.</summary>
    public double Slowness { get; init; } = 3;

    /// <summary>How many operations on files the store's server does in a second.</summary>
    public double ServerRate { get; init; } = 5000;

    /// <summary>How long one operation takes at least, seconds.</summary>
    public double Latency { get; init; } = 0.001;

    /// <summary>How many tasks the scheduler starts in a second.</summary>
    public double StartsASecond { get; init; } = 50;

    /// <summary>How long a worker takes to start, seconds.</summary>
    public double StartSeconds { get; init; } = 3;

    /// <summary>How long it takes until a lost step is missed and its new task is begun, seconds.</summary>
    public double LossSeconds { get; init; } = 10;
}

/// <summary>How workers use the store.</summary>
/// <param name="Name">What the design is called.</param>
/// <param name="FollowsAll">Whether each worker reads the journals of all others, and looks at every open step before it leaves.</param>
internal sealed record Design(string Name, bool FollowsAll)
{
    /// <summary>Operations of a step that is done: counted, see docs/scale.md.</summary>
    public int StepOperations { get; init; } = 18;

    /// <summary>Operations of a look at a step that another is at.</summary>
    public const int MissOperations = 4;

    /// <summary>Names in one answer of a server that lists a folder.</summary>
    public const int NamesInAnAnswer = 100;

    /// <summary>How many steps in a row a worker looks at in vain before it leaves.</summary>
    public const int Misses = 32;

    /// <summary>Seconds between renewals of a claim.</summary>
    public const double Renewal = 20;
}

/// <summary>What a simulation gives.</summary>
/// <param name="Seconds">When the last step was done.</param>
/// <param name="Efficiency">The work that was asked for, as a share of what all nodes could have done in that time.</param>
/// <param name="Operations">How many operations the server did.</param>
/// <param name="Waiting">The share of all time that workers waited for the store.</param>
internal sealed record Outcome(double Seconds, double Efficiency, double Operations, double Waiting);
