using System.Diagnostics;
using static TorchSharp.torch;

namespace Pentimento.Cli.Speed;

/// <summary>What this machine is, and the most that it can do: the rate of a large matrix product, and of copying memory.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string ModelKey = "model name";
    private const int Rounds = 7;
    private const long CopiedBytes = 1L << 28;

    /// <summary>The processor's name where the system tells it, cores and threads.</summary>
    public static string Describe(int threads)
    {
        var model = File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith(ModelKey, StringComparison.Ordinal))?.Split(':')[^1].Trim()
            : null;
        return $"{(model is null ? "" : $"{Printable.Of(model)}, ")}{Environment.ProcessorCount} cores, {threads} threads";
    }

    /// <summary>Both rates.</summary>
    public static IReadOnlyList<Measured> Measure(BenchPlace place)
    {
        using var scope = NewDisposeScope();
        var source = zeros(CopiedBytes, uint8);
        var target = empty_like(source);
        var products = Rates(place, () => 1 / TrainBench.SecondsPerFlop() / 1e9);
        var copies = Rates(place, () =>
        {
            var watch = Stopwatch.StartNew();
            target.copy_(source);
            // Every byte is read and written.
            return 2 * CopiedBytes / watch.Elapsed.TotalSeconds / 1e9;
        });
        return
        [
            new("matrix product", products.Max(), "GFLOP/s") { Rounds = products },
            new("copying memory", copies.Max(), "GB/s") { Rounds = copies },
        ];
    }

    private static List<double> Rates(BenchPlace place, Func<double> rate)
    {
        var rates = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            place.Run.Report(new("bench machine", round, Rounds + 1));
            var one = rate();
            if (round > 0) rates.Add(one);
        }

        return rates;
    }
}
