using System.Text.Json;
using System.Text.Json.Serialization;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments.Store;

/// <summary>The process that works on a step.</summary>
/// <param name="Token">Unlike any other claim's.</param>
/// <param name="Host">The machine since its last start; processes in another container count as another machine's.</param>
/// <param name="Process">Its id there.</param>
/// <param name="Started">When it was started, UTC.</param>
internal sealed record ClaimOwner(string Token, string Host, int Process, DateTime Started)
{
    // Start times are reckoned from the machine's, which clocks may correct in between.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(10);

    private static readonly ClaimOwner Mine = Create();

    /// <summary>What the scheduler calls the task that it works in, such as <c>12_3</c>; null outside of one.</summary>
    public string? Job { get; init; }

    /// <summary>A claim of this process.</summary>
    /// <param name="job">What the scheduler calls the task; null outside of one.</param>
    public static ClaimOwner New(string? job = null) => Mine with { Token = Guid.NewGuid().ToString("N"), Job = job };

    /// <summary>The machine's name.</summary>
    [JsonIgnore]
    public string Machine => Host.Split(' ')[0];

    /// <summary>Whether the process is known to have ended; of another machine's that cannot be known.</summary>
    public bool IsGone => Host == Mine.Host && Process != Mine.Process && !Runs(Process, Started);

    /// <summary>Reads what a claim's file says; null while it is being written.</summary>
    public static ClaimOwner? Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize<ClaimOwner>(stream, Json.Reading);
        }
        catch (Exception failure) when (failure is JsonException or IOException)
        {
            return null;
        }
    }

    private static ClaimOwner Create()
    {
        using var me = System.Diagnostics.Process.GetCurrentProcess();
        return new("", ThisMachine.Name, me.Id, me.StartTime.ToUniversalTime());
    }

    private static bool Runs(int id, DateTime started) => ThisMachine.StartOf(id) is { } start && (start - started).Duration() < ClockSlack;
}
