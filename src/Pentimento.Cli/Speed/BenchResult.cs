using System.Text.Json.Serialization;

namespace Pentimento.Cli.Speed;

/// <summary>How fast this machine is.</summary>
/// <param name="Benchmarks">The measurements, several for some stages.</param>
/// <param name="Machine">Processor, cores, threads and libtorch.</param>
public sealed record BenchResult(IReadOnlyList<Measured> Benchmarks, string Machine)
{
    /// <summary>What changed since earlier measurements; absent where there are none to compare with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SpeedChange>? Changes { get; init; }
}

/// <summary>One number of a benchmark.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The best round's; beside a peer, the median round's.</param>
/// <param name="Unit">In what.</param>
public sealed record Measured(string Name, double Value, string Unit)
{
    /// <summary>Each round's value; absent where only the best was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? Rounds { get; init; }

    /// <summary>What a user would run instead; absent where that is not installed, or there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PeerSpeed? Peer { get; init; }
}

/// <summary>The same work by what a user would run instead, done by turns.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its median round, in the same unit.</param>
/// <param name="Ratio">The median over rounds of our speed over its.</param>
/// <param name="Least">The least ratio of a round.</param>
/// <param name="Most">The largest.</param>
public sealed record PeerSpeed(string Name, double Value, double Ratio, double Least, double Most);

/// <summary>How a measurement changed.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Before">Its earlier value.</param>
/// <param name="Now">Its value now.</param>
/// <param name="Unit">In what.</param>
/// <param name="Change">Slower or faster where every round lies beyond every earlier one, else within noise.</param>
public sealed record SpeedChange(string Name, double Before, double Now, string Unit, Change Change);

/// <summary>How a speed compares with an earlier one.</summary>
public enum Change
{
    /// <summary>The rounds overlap.</summary>
    WithinNoise,

    /// <summary>Every round is slower than every earlier one.</summary>
    Slower,

    /// <summary>Every round is faster than every earlier one.</summary>
    Faster,
}
