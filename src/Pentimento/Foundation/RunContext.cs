using TorchSharp;

namespace Pentimento.Foundation;

/// <summary>What every computation is given: where to run, its randomness, whom to tell, and when to stop.</summary>
/// <param name="Device">Where tensors live.</param>
/// <param name="Seed">The stream that this computation may draw from.</param>
/// <param name="Progress">Who hears about progress.</param>
/// <param name="Cancel">Set when the user has had enough.</param>
public sealed record RunContext(Device Device, Seed Seed, IProgress<Progress> Progress, CancellationToken Cancel)
{
    /// <summary>How many cores may be used; 0 for all.</summary>
    public int Threads { get; init; }

    /// <summary>The folder where painted datasets are kept.</summary>
    public string Cache { get; init; } = "";

    /// <summary>How many bytes a computation may take for what it holds at a time, such as a batch's activations; 0 for a quarter of the
    /// machine.</summary>
    public long Memory { get; init; }

    /// <summary>The bytes that a computation may take.</summary>
    internal long MemoryBudget => Memory > 0 ? Memory : Math.Max(1L << 28, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>A context on the processor that tells nobody and never stops.</summary>
    public static RunContext OnCpu(ulong seed = 0) => new(Device.Cpu, new(seed), Silent.Instance, CancellationToken.None);

    /// <summary>The same context with the random stream of one purpose.</summary>
    public RunContext For(string purpose) => this with { Seed = Seed.For(purpose) };

    /// <summary>The same context for a part of the work, whose progress is told as the whole's.</summary>
    /// <param name="before">What was done before the part.</param>
    /// <param name="size">How much the part is.</param>
    /// <param name="all">How much there is in all.</param>
    public RunContext Part(long before, long size, long all) => this with { Progress = new PartialProgress(Progress, before, size, all) };

    /// <summary>The same context for a part of the work that nobody hears of, but that still stops when the user has had enough.</summary>
    public RunContext Quietly() => this with { Progress = Silent.Instance };

    /// <summary>Tells how far the work is.</summary>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    public void Report(Progress tick)
    {
        Cancel.ThrowIfCancellationRequested();
        Progress.Report(tick);
    }

    private sealed class PartialProgress(IProgress<Progress> whole, long before, long size, long all) : IProgress<Progress>
    {
        public void Report(Progress value) =>
            whole.Report(value with { Done = (before * value.Total) + (size * value.Done), Total = all * value.Total });
    }

    private sealed class Silent : IProgress<Progress>
    {
        public static readonly Silent Instance = new();

        public void Report(Progress value)
        {
        }
    }
}

/// <summary>Where tensors live.</summary>
public enum Device
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>The first NVIDIA GPU.</summary>
    Cuda,
}

/// <summary>libtorch's name of a device.</summary>
public static class Devices
{
    /// <summary>The device as libtorch names it; loads libtorch.</summary>
    public static torch.Device ToTorch(this Device device) => device == Device.Cuda ? torch.CUDA : torch.CPU;
}
