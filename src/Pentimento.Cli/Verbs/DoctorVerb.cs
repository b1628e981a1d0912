using Pentimento.Data;
using TorchSharp;

namespace Pentimento.Cli.Verbs;

/// <summary><c>doctor</c>: whether this machine can do the work.</summary>
internal static class DoctorVerb
{
    private const long RoomWanted = 2_000_000_000;

    private sealed record Check(string Name, bool Ok, string Detail);

    private sealed record Result(bool Ok, IReadOnlyList<Check> Checks);

    public static Verb Create(Host host)
    {
        var verb = new Verb(
            "doctor",
            "Checks this machine: libtorch, threads, precisions, disk, the embedded digits.",
            "Example:\n  pentimento doctor --json");
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            var healthy = false;
            session.Answer(
                torch: false,
                run =>
                {
                    IReadOnlyList<Check> checks =
                    [
                        Try("libtorch", () => Torch(session.Threads, parsed.GetValue(Common.Device))),
                        Try("threads", () => $"{session.Threads} of {Environment.ProcessorCount} cores"),
                        Try("waiting", () => Native.WaitPolicy),
                        Try("bfloat16", () =>
                            Processor.MultipliesBfloat16
                                ? "this processor multiplies it itself, so train --precision bfloat16 is fast"
                                : "no instructions for it that are known here, so train --precision bfloat16 is likely slower than float32"),
                        Try("cache", () => Room(session.Library.Cache)),
                        Try("digits", () =>
                            $"{Digits.Mnist(Split.Train).Count:N0} training and {Digits.Mnist(Split.Test).Count:N0} test images, checksums right"),
                    ];
                    healthy = checks.All(check => check.Ok);
                    return new Result(healthy, checks);
                },
                Print);
            return healthy ? 0 : 1;
        });
        return verb;
    }

    private static Check Try(string name, Func<string> look)
    {
        try
        {
            return new(name, true, look());
        }
        catch (Exception failure) when (failure is BadInputException or IOException or UnauthorizedAccessException)
        {
            return new(name, false, failure.Message);
        }
    }

    private static string Torch(int threads, Device device)
    {
        Native.Load(threads, device);
        using var scope = torch.NewDisposeScope();
        var product = torch.ones(2, 2).mm(torch.ones(2, 2)).sum().item<float>();
        Require.That(product == 8, $"libtorch computes {product} where 8 is right.");
        return $"TorchSharp {typeof(torch).Assembly.GetName().Version}, libtorch {torch.__version__}, CUDA {(torch.cuda.is_available() ? "available" : "not available")}";
    }

    private static string Room(string cache)
    {
        Directory.CreateDirectory(cache);
        var free = new DriveInfo(cache).AvailableFreeSpace;
        Require.That(free > RoomWanted, $"{cache} has {free / 1e9:0.0} GB free; a run wants 2 GB.");
        return $"{cache}, {free / 1e9:0.0} GB free";
    }

    private static void Print(Result result, TextWriter output)
    {
        foreach (var check in result.Checks) output.WriteLine($"{(check.Ok ? "ok  " : "FAIL")}  {check.Name}: {check.Detail}");
    }
}
