namespace Pentimento.Tests;

/// <summary>Progress that is remembered, and that may ask to stop.</summary>
internal sealed class Heard(Func<Progress, bool>? stopAt = null) : IProgress<Progress>, IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly Lock gate = new();

    public List<Progress> Ticks { get; } = [];

    public RunContext Run(ulong seed = 0) => new(Device.Cpu, new(seed), this, source.Token);

    public void Report(Progress value)
    {
        lock (gate) Ticks.Add(value);
        if (stopAt?.Invoke(value) == true) source.Cancel();
    }

    public void Dispose() => source.Dispose();
}
