namespace Pentimento.Tests;

/// <summary>Progress that is remembered, and that may ask to stop.</summary>
internal sealed class Heard(Func<Tick, bool>? stopAt = null) : IProgress<Tick>, IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly Lock gate = new();

    public List<Tick> Ticks { get; } = [];

    public RunContext Run(ulong seed = 0) => new(Device.Cpu, new(seed), this, source.Token);

    public void Report(Tick value)
    {
        lock (gate) Ticks.Add(value);
        if (stopAt?.Invoke(value) == true) source.Cancel();
    }

    public void Dispose() => source.Dispose();
}
