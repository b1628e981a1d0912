using Pentimento.Cli.Packed;
using Pentimento.Data;
using Pentimento.Operations;
using TorchSharp;

namespace Pentimento.Cli.Operations;

/// <summary>Checks this machine: libtorch, threads, precisions, disk, the embedded digits.</summary>
/// <example>
/// pentimento doctor --json
/// </example>
public sealed record Doctor : Operation<DoctorResult>
{
    private const int Unfit = 1;
    private const long RoomWanted = 2_000_000_000;

    // Whether libtorch loads is the first thing to find out.
    internal override bool NeedsTorch => false;

    internal override int ExitCode(object result) => ((DoctorResult)result).Ok ? 0 : Unfit;

    /// <inheritdoc/>
    internal override DoctorResult Run(RunContext run)
    {
        IReadOnlyList<DoctorCheck> checks =
        [
            Try("libtorch", () => Torch(run)),
            Try("threads", () => $"{run.Threads} of {Environment.ProcessorCount} cores"),
            Try("waiting", () => Native.WaitPolicy),
            Try("bfloat16", () =>
                Processor.MultipliesBfloat16
                    ? "this processor multiplies it itself, so train --precision bfloat16 is fast"
                    : "no instructions for it that are known here, so train --precision bfloat16 is likely slower than float32"),
            Try("cache", () => Room(run.Cache)),
            Try("digits", () =>
                $"{Digits.Mnist(Split.Train).Count:N0} training and {Digits.Mnist(Split.Test).Count:N0} test images, checksums correct"),
        ];
        return new(checks.All(check => check.Ok), checks);
    }

    private static DoctorCheck Try(string name, Func<string> look)
    {
        try
        {
            return new(name, true, look());
        }
        catch (Exception failure) when (FailureSentence.IsExpected(failure))
        {
            return new(name, false, failure.Message);
        }
    }

    private static string Torch(RunContext run)
    {
        var packed = PackedTorch.OfThisCommand(run.Cache);
        if (packed.IsPacked) packed.Unpack(run.Progress, run.Cancel);
        Native.Load(run.Threads, run.Device, packed.PathToLoad());
        using var scope = torch.NewDisposeScope();
        var two = torch.ones(2, 2, device: run.Device.ToTorch());
        var product = two.mm(two).sum().item<float>();
        Require.That(product == 8, $"libtorch computes {product} where 8 is correct.");
        var cuda = torch.cuda.is_available() ? "available" : "not available";
        return $"TorchSharp {typeof(torch).Assembly.GetName().Version}, libtorch {torch.__version__}, CUDA {cuda}";
    }

    private static string Room(string cache)
    {
        Directory.CreateDirectory(cache);
        var free = new DriveInfo(cache).AvailableFreeSpace;
        Require.That(free > RoomWanted, $"{cache} has {free / 1e9:0.0} GB free; a run wants 2 GB.");
        return $"{cache}, {free / 1e9:0.0} GB free";
    }
}

/// <summary>Whether this machine can do the work.</summary>
/// <param name="Ok">Whether every check passed.</param>
/// <param name="Checks">The checks.</param>
public sealed record DoctorResult(bool Ok, IReadOnlyList<DoctorCheck> Checks);

/// <summary>One check.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Ok">Whether it passed.</param>
/// <param name="Detail">What was found.</param>
public sealed record DoctorCheck(string Name, bool Ok, string Detail);
