using System.ComponentModel.DataAnnotations;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli.Operations;

/// <summary>Measures how fast this machine paints, writes, reads, trains and explains.</summary>
/// <remarks>
/// Works on the 60,000 training digits and gives the best of 3 rounds. build-e paints and writes the npz; npz-read reads it. train gives images a
/// second of cnn3 in batches of 256, in float32, in bfloat16 and written plainly (planes of colour, ReLU before pooling), the operations a second
/// that it reaches beside those of a large matrix product, and the share of a step that goes into data. grad-cam explains one logit of 1,000 images.
/// resnet18 answers 32 images of 224x224, as it is and with batch normalisation folded into its convolutions.
/// steps runs 500, 1,000 and 2,000 steps that do nothing on a run store, and finds them done.
/// </remarks>
/// <example>
/// pentimento bench
/// pentimento bench train
/// pentimento bench paint-e build-e --threads 2 --json
/// </example>
public sealed record Bench : Operation<BenchResult>
{
    /// <summary>Which stages; by default all: paint-z, paint-e, build-e, npz-read, train, grad-cam, resnet18, steps.</summary>
    [Argument, Called("name")]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Take the first N images of each set, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int Limit { get; init; }

    internal override bool NeedsTorch => Chosen.Any(one => one.NeedsTorch);

    private IEnumerable<Benchmark> Chosen => Benchmark.All.Where(known => Names.Count == 0 || Names.Contains(known.Name));

    internal override void Check()
    {
        var known = Benchmark.All.Select(one => one.Name).ToList();
        foreach (var name in Names)
            Require.That(known.Contains(name), $"There is no benchmark '{name}'; {Foundation.Names.Suggest(name, known)}");
    }

    /// <inheritdoc/>
    public override BenchResult Run(RunContext run)
    {
        var digits = Digits.Mnist(Split.Train);
        if (Limit > 0 && Limit < digits.Count) digits = digits.Part(0, Limit);
        var folder = Directory.CreateTempSubdirectory("pentimento-bench-").FullName;
        try
        {
            var place = new BenchPlace(digits, folder, run);
            return new([.. Chosen.SelectMany(benchmark => benchmark.Measure(place))]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>How fast this machine is.</summary>
/// <param name="Benchmarks">The measurements, several for some stages.</param>
public sealed record BenchResult(IReadOnlyList<Measured> Benchmarks);

/// <summary>One number of a benchmark.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The best round's.</param>
/// <param name="Unit">In what.</param>
public sealed record Measured(string Name, double Value, string Unit);
