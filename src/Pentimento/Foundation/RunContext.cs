using TorchSharp;

namespace Pentimento.Foundation;

/// <summary>The context of a computation: device, random seed, progress reporting and cancellation.</summary>
/// <param name="Device">The device on which tensors are allocated.</param>
/// <param name="Seed">The source of this computation's random numbers.</param>
/// <param name="Progress">The receiver of progress reports.</param>
/// <param name="Cancel">Requests cancellation.</param>
internal sealed record RunContext(Device Device, Seed Seed, IProgress<Progress> Progress, CancellationToken Cancel)
{
    /// <summary>The number of CPU threads; 0 for one per core.</summary>
    public int Threads { get; init; }

    /// <summary>The folder in which painted datasets are cached.</summary>
    public string Cache { get; init; } = "";

    /// <summary>How many bytes a computation may take for what it holds at a time, such as a batch's activations; 0 for a quarter of the
    /// machine.</summary>
    public long Memory { get; init; }

    /// <summary>Takes what the user should know beside the result, in a sentence.</summary>
    internal Action<string> Notice { get; init; } = _ => { };

    /// <summary>The logits that are known already, by network and images; null where none are remembered.</summary>
    internal IDictionary<string, float[]>? Remembered { get; init; }

    /// <summary>The bytes that a computation may take.</summary>
    internal long MemoryBudget => Memory > 0 ? Memory : Math.Max(1L << 28, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>A context on the CPU without progress reporting or cancellation.</summary>
    public static RunContext OnCpu(ulong seed = 0) => new(Device.Cpu, new(seed), Silent.Instance, CancellationToken.None);

    /// <summary>The same context with the seed derived for one purpose.</summary>
    public RunContext For(string purpose) => this with { Seed = Seed.For(purpose) };

    /// <summary>The same context for a part of the work, whose progress is reported as a fraction of the whole's.</summary>
    /// <param name="before">The steps done before the part.</param>
    /// <param name="size">The steps of the part.</param>
    /// <param name="all">The total number of steps.</param>
    public RunContext Part(long before, long size, long all) => this with { Progress = new PartialProgress(Progress, before, size, all) };

    /// <summary>The same context with one name for every stage of a part, so that the time left is that of all together.</summary>
    internal RunContext Called(string stage) => this with { Progress = new NamedProgress(Progress, stage) };

    /// <summary>The same context without progress reporting; cancellation still applies.</summary>
    public RunContext WithoutProgress() => this with { Progress = Silent.Instance };

    /// <summary>Reports progress and throws if cancellation was requested.</summary>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public void Report(Progress progress)
    {
        Cancel.ThrowIfCancellationRequested();
        Progress.Report(progress);
    }

    private sealed class PartialProgress(IProgress<Progress> whole, long before, long size, long all) : IProgress<Progress>
    {
        public void Report(Progress value) =>
            whole.Report(value with { Done = (before * value.Total) + (size * value.Done), Total = all * value.Total });
    }

    private sealed class NamedProgress(IProgress<Progress> whole, string stage) : IProgress<Progress>
    {
        public void Report(Progress value) => whole.Report(value with { Stage = stage });
    }

    private sealed class Silent : IProgress<Progress>
    {
        public static readonly Silent Instance = new();

        public void Report(Progress value)
        {
        }
    }
}

/// <summary>The device on which tensors are allocated.</summary>
public enum Device
{
    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first NVIDIA GPU.</summary>
    Cuda,
}

/// <summary>Conversion to libtorch's devices.</summary>
internal static class Devices
{
    /// <summary>The device as libtorch names it; loads libtorch.</summary>
    public static torch.Device ToTorch(this Device device) => device == Device.Cuda ? torch.CUDA : torch.CPU;
}
