using System.Text.Json;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Cli.Speed;

/// <summary>What became slower or faster between two runs of the benchmarks.</summary>
internal static class BenchComparison
{
    /// <summary>Reads earlier measurements.</summary>
    /// <exception cref="BadInputException">The file is none.</exception>
    public static BenchResult Read(string file)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        try
        {
            var result = JsonSerializer.Deserialize<BenchResult>(File.ReadAllBytes(file), Json.Reading);
            Require.That(result?.Benchmarks is { Count: > 0 }, $"{file} holds no measurements of bench.");
            return result;
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{file} is not the output of bench: {failure.Message}", failure);
        }
    }

    /// <summary>Compares what was measured in rounds both times. Of 7 rounds against 7 with no difference all lie beyond once in 1,716 times.
    /// </summary>
    public static IReadOnlyList<SpeedChange> Of(BenchResult before, IReadOnlyList<Measured> now) =>
    [
        .. from later in now
           join earlier in before.Benchmarks on (later.Name, later.Unit) equals (earlier.Name, earlier.Unit)
           where later.Rounds is { Count: > 0 } && earlier.Rounds is { Count: > 0 }
           select new SpeedChange(later.Name, earlier.Value, later.Value, later.Unit, Of(earlier.Rounds!, later.Rounds!)),
    ];

    private static Change Of(IReadOnlyList<double> before, IReadOnlyList<double> now) =>
        now.Max() < before.Min() ? Change.Slower : now.Min() > before.Max() ? Change.Faster : Change.WithinNoise;
}
