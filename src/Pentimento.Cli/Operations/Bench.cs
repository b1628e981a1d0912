using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Pentimento.Cli.Speed;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Operations;

namespace Pentimento.Cli.Operations;

/// <summary>Measures how fast this machine works here, and beside plain PyTorch where it is installed.</summary>
/// <remarks>
/// Training steps (step, step-bfloat16, irm), inference, PGD of 40 steps, Grad-CAM, feature visualisation of 64 channels and 64 steps, an
/// autoencoder's epoch, and ResNet-18 at 224x224 are done by turns here and in plain PyTorch, the mutual information of 64 channels here and with
/// scikit-learn, 7 rounds each; the ratio is the median of the rounds, with the least and the largest. The others give the best of 3 rounds on the
/// 60,000 training digits: build-e paints and writes the npz; npz-read reads it; train takes a training step apart, beside a large matrix product;
/// folding compares ResNet-18 as it is with batch normalisation folded into its convolutions; steps runs 500, 1,000 and 2,000 steps that do nothing
/// on a run store, and finds them done.
/// </remarks>
/// <example>
/// pentimento bench
/// pentimento bench step inference pgd --out bench.json
/// pentimento bench step inference pgd --compare bench.json --page speed.md
/// pentimento bench paint-e build-e --threads 2 --json
/// </example>
public sealed record Bench : Operation<BenchResult>
{
    private static readonly string[] UsualPythons = ["python3", "/usr/bin/python3"];

    /// <summary>Which stages; by default all: machine, paint-z, paint-e, build-e, npz-read, step, step-bfloat16, irm, inference, pgd, grad-cam,
    /// visualize, autoencoder, information, resnet18, resnet18-step, train, folding, steps.</summary>
    [Argument, Called("name")]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Take the first N images of each set, 0 for all; nothing is compared with PyTorch then.</summary>
    [Range(0, int.MaxValue)]
    public int Limit { get; init; }

    /// <summary>The Python with PyTorch to compare with, or none (default: the first of python3 and /usr/bin/python3 that has it).</summary>
    public string? Python { get; init; }

    /// <summary>Write the measurements, for a later --compare.</summary>
    [Output("F.json")]
    public string? Out { get; init; }

    /// <summary>Write the measurements as a page, as docs/results/speed.md is one.</summary>
    [Output("F.md")]
    public string? Page { get; init; }

    /// <summary>Say what became slower or faster since these measurements, written by --out or --json.</summary>
    [Input("F.json")]
    public string? Compare { get; init; }

    internal override bool NeedsTorch => Chosen.Any(one => one.NeedsTorch);

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date);

    private IEnumerable<Benchmark> Chosen => Benchmark.All.Where(known => Names.Count == 0 || Names.Contains(known.Name));

    internal override void Check()
    {
        var known = Benchmark.All.Select(one => one.Name).ToList();
        foreach (var name in Names)
            Require.That(known.Contains(name), $"There is no benchmark '{name}'; {Foundation.Names.Suggest(name, known)}");
        if (Compare is not null) _ = BenchComparison.Read(Compare);
    }

    /// <inheritdoc/>
    internal override BenchResult Run(RunContext run)
    {
        var digits = Digits.Mnist(Split.Train);
        if (Limit > 0 && Limit < digits.Count) digits = digits.Part(0, Limit);
        var folder = Directory.CreateTempSubdirectory("pentimento-bench-").FullName;
        try
        {
            var pythons = Limit > 0 || Python == "none" ? [] : Python is null ? UsualPythons : [Python];
            var place = new BenchPlace(digits, folder, run) { Pythons = pythons };
            var measured = Chosen.SelectMany(benchmark => benchmark.Measure(place)).ToList();
            var changes = Compare is null ? null : BenchComparison.Of(BenchComparison.Read(Compare), measured);
            var result = new BenchResult(measured, Machine.Describe(place.Threads)) { Changes = changes };
            if (Out is not null) SafeFile.Write(Path.GetFullPath(Out), JsonSerializer.Serialize(result, Json.Options) + "\n");
            if (Page is not null) SafeFile.Write(Path.GetFullPath(Page), BenchPage.Of(result, Names, Today));
            return result;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
