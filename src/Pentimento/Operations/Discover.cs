using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Sparse;
using TorchSharp;

namespace Pentimento.Operations;

/// <summary>Finds the cues that a network follows, and says which are shortcuts.</summary>
/// <remarks>
/// For each cue four things are measured. Available: how well the cue alone predicts the class. Followed: how often an image's prediction becomes
/// the class of another image when it gets that image's cue, less what a cue of a third class does. Relied on: the accuracy that images lose with the
/// cue of another class instead of that of another image of their own. Costly: on images whose cue contradicts their label, how much better the same
/// network does once its last layer cannot use the cue. A shortcut is available, followed or relied on, and costly; beside each stands a control, the
/// same network with its last layer fitted anew while the cue was swapped at random. The false accusations among all cues are held to 5%.
/// </remarks>
/// <example>
/// pentimento discover lazy.safetensors --data gr_95z
/// pentimento discover bird.onnx --data photos --cues background color border:width=3 --out report.html
/// pentimento discover weights.pth --network cnn3 --data images.npz --limit 2000 --json
/// </example>
public sealed record Discover : NetworkOperation<DiscoverResult>
{
    private const int Pictures = 6;

    /// <summary>The images on which it is looked for: ordinary ones, with their labels.</summary>
    public required DataRef Data { get; init; }

    /// <summary>The cues to look for; by default all that images of this size have.</summary>
    public IReadOnlyList<Cue> Cues { get; init; } = [];

    /// <summary>How many images get the cue of others (default: 1000, or 500 where a network's activations of an image take 8 MB or more).</summary>
    [Range(20, 1_000_000)]
    public int? Pairs { get; init; }

    /// <summary>Features of a layer, as 'pentimento decompose' wrote them: those that follow a suspect are listed with it.</summary>
    [Input("F")]
    public string? Autoencoder { get; init; }

    /// <summary>How many slices are listed at most: groups of similar images on which the network fails.</summary>
    [Range(0, 100)]
    public int Slices { get; init; } = 5;

    /// <summary>Write a page with pictures of every suspect and slice.</summary>
    [Output("F.html")]
    public string? Out { get; init; }

    /// <inheritdoc/>
    internal override DiscoverResult Run(RunContext run)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Load(run, Autoencoder is null ? "" : AutoencoderFile.Layer(Autoencoder));
        var features = Autoencoder is null ? null : Read(Autoencoder, network, run);
        var set = Find(Data, Split.Test, network, run);
        return Of(network, set, new(Cues, Pairs), Slices, run, pictures: Out is null ? 0 : Pictures, features);
    }

    private static SwappedFeatures Read(string file, Classifier network, RunContext run)
    {
        var (autoencoder, layer) = AutoencoderFile.Read(file);
        AutoencoderFile.Fits(file, autoencoder, network, layer);
        if (AutoencoderFile.Caution(file, network) is { } caution) run.Notice(caution);
        autoencoder.to(run.Device.ToTorch());
        return new(network, autoencoder, layer);
    }

    /// <summary>Finds the cues of a network on images.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="set">The images and their labels.</param>
    /// <param name="search">What is looked for, and on how many images.</param>
    /// <param name="slices">How many slices are listed at most; with 0 nothing is looked for but cues.</param>
    /// <param name="run">Seed, progress and cancellation.</param>
    /// <param name="pictures">How many swaps of each suspect are kept for pictures.</param>
    /// <param name="features">Features of which those are looked for that follow a suspect; null for none.</param>
    internal static DiscoverResult Of(
        Classifier network, ImageSet set, CueSearch search, int slices, RunContext run, int pictures = 0, SwappedFeatures? features = null)
    {
        using var subject = new ExaminedNetwork(network, set, run);
        var evidence = search.Of(subject, run);
        var accuracy = Share.Of([.. Enumerable.Range(0, set.Count).Select(subject.Correct)]);
        var rulings = CueVerdict.Of(evidence, accuracy.Value);
        var power = DiscoveryVerdict.Power(evidence);
        var finding = DiscoveryVerdict.FindingOf(rulings, power);
        var plan = search.PlanFor(subject, run.Seed);
        var suspects = rulings.Where(ruling => ruling.Finding != Finding.None).Select(ruling => Suspect.Of(ruling, subject.Classes) with
        {
            Concept = slices == 0 ? null : ConceptProjection.Of(subject, ruling.Evidence.Cue, plan, run.Seed),
            Features = features is null ? [] : FollowingFeature.Of(features, subject, ruling.Evidence.Cue, plan, run),
            Samples = pictures == 0 ? [] : SwapSample.Of(subject, ruling.Evidence.Cue, plan, pictures),
        });
        return new(
            set.Name, set.Count, accuracy, [.. suspects], slices == 0 ? [] : new SliceSearch(slices).Of(subject, rulings, run),
            slices == 0 ? [] : PropertySearch.Of(subject, run),
            slices == 0 ? [] : FrequencyProbe.Of(network, subject, run),
            slices == 0 ? [] : StrategySearch.Of(network, subject, run),
            [.. rulings.Select(ruling => MeasuredCue.Of(ruling, subject.Classes))],
            DiscoveryControl.Of(plan.Places.Length, rulings, power) with { Ground = subject.Ground, Precision = subject.Precision },
            finding,
            DiscoveryVerdict.Of(rulings, finding, power))
        {
            Set = pictures == 0 ? null : set,
        };
    }
}

/// <summary>The cues that a network follows. Fractions are of 1.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Accuracy">The network's accuracy on them.</param>
/// <param name="Suspects">Shortcuts, the gravest first, then cues of which it is undecided whether they are.</param>
/// <param name="Slices">Groups of similar images on which the network fails, the one with the most errors first.</param>
/// <param name="Properties">What tells the predictions among images of one label, the property that tells most first.</param>
/// <param name="Frequencies">Which classes survive on a twentieth of the Fourier plane, the one that does most first.</param>
/// <param name="Strategies">The ways in which the network recognises each class, where there are several, the clearest first.</param>
/// <param name="Cues">Every cue that was looked for.</param>
/// <param name="Control">What suspects were held against.</param>
/// <param name="Finding">Whether the network takes a shortcut.</param>
/// <param name="Verdict">The finding, in a sentence or more.</param>
public sealed record DiscoverResult(
    string Data,
    int Count,
    Share Accuracy,
    IReadOnlyList<Suspect> Suspects,
    IReadOnlyList<Slice> Slices,
    IReadOnlyList<PredictiveProperty> Properties,
    IReadOnlyList<DominantFrequencies> Frequencies,
    IReadOnlyList<ClassStrategies> Strategies,
    IReadOnlyList<MeasuredCue> Cues,
    DiscoveryControl Control,
    Finding Finding,
    string Verdict)
{
    /// <summary>The images, for drawings; null where none is wanted.</summary>
    [JsonIgnore]
    internal ImageSet? Set { get; init; }
}
