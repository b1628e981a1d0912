using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Operations;
using Pentimento.Painting;

namespace Pentimento.Experiments;

/// <summary>Plants cues in pictures, trains networks on them, and looks whether discovery finds each and accuses nobody else.</summary>
/// <remarks>
/// Each planted network is trained as usual on pictures whose cue is their class's with the given rate; discovery gets test images of the same
/// distribution, and nothing else. Clean networks learn from the same pictures with the cue drawn at random. Networks stay in the folder's models/,
/// and with the same --out are not trained again.
/// </remarks>
/// <example>
/// pentimento bench-discovery --plants stroke-color corner-patch --rates 0.95 --seeds 1 --out runs/planted
/// </example>
internal sealed record BenchDiscovery : Operation<BenchDiscoveryResult>
{
    /// <summary>What is planted; by default everything.</summary>
    public IReadOnlyList<PlantedCue> Plants { get; init; } = [];

    /// <summary>The pictures that cues are planted on: digits, objects, or folders of IDX files such as Fashion-MNIST's.</summary>
    [Input("digits|objects|FOLDER")]
    public IReadOnlyList<string> Bases { get; init; } = ["digits"];

    /// <summary>The architectures.</summary>
    public IReadOnlyList<Architecture> Networks { get; init; } = [new Cnn3()];

    /// <summary>The shares of the images whose cue is their class's; 0 for a clean network.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [0, 0.95, 0.99];

    /// <summary>How many seeds each is measured with, from --seed (default: 1) on.</summary>
    [Range(1, int.MaxValue)]
    public int Seeds { get; init; } = 1;

    /// <summary>How many pictures each network learns from, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int Limit { get; init; } = 12_000;

    /// <summary>How many test pictures discovery gets, 0 for all.</summary>
    [Range(0, int.MaxValue)]
    public int Images { get; init; }

    /// <summary>Passes over the training pictures.</summary>
    [Range(1, 1000)]
    public int Epochs { get; init; } = 3;

    /// <summary>How many images get the cue of others.</summary>
    [Range(10, int.MaxValue)]
    public int Pairs { get; init; } = 1000;

    /// <summary>The folder of the networks and of results.jsonl, a line a network. By default a new one in runs/.</summary>
    [Output("FOLDER")]
    public string? Out { get; init; }

    internal override ulong DefaultSeed => 1;

    /// <inheritdoc/>
    internal override Resumption? Resumption => new("Trained networks", "out", Out);

    /// <inheritdoc/>
    internal override Operation Prepared() => this with { Out = Path.GetFullPath(Out ?? NewRun.Folder("bench-discovery")) };

    /// <inheritdoc/>
    internal override void Check() =>
        Require.That(Rates.Count > 0 && Rates.All(rate => rate is >= 0 and <= 1), $"Rates are shares from 0 to 1; got {string.Join(' ', Rates)}.");

    /// <inheritdoc/>
    internal override BenchDiscoveryResult Run(RunContext run)
    {
        var folder = ((BenchDiscovery)Prepared()).Out!;
        var plants = Plants.Count > 0 ? Plants : Enum.GetValues<PlantedCue>();
        var bases = Bases.Select(place => BaseImages.Open(place, run)).ToList();
        var trials = (from seed in Enumerable.Range(0, Seeds)
                      from pictures in bases
                      from network in Networks
                      from plant in plants
                      from rate in Rates
                      let trial = new PlantedTrial(
                          pictures, network, plant, rate, run.Seed.Value + (ulong)seed, Limit, Images, Epochs, Pairs)
                      where trial.Fits
                      select trial).ToList();
        return BenchDiscoveryResult.Of(folder, [.. trials.Select((trial, at) => trial.Run(folder, run.Part(at, 1, trials.Count)))]);
    }
}
