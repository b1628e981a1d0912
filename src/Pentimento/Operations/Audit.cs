using System.Text.Json.Serialization;
using Pentimento.Attribution;
using Pentimento.Cues;
using Pentimento.Data;
using Pentimento.Discovery;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Painting;

namespace Pentimento.Operations;

/// <summary>Says whether a network's predictions follow the colour or the shape.</summary>
/// <remarks>
/// The same digits are painted in every colour of the palette: a prediction that changes depends on the colour, which no heatmap can show. It is a
/// shortcut where predictions follow the colours by more than they follow greys as bright; what paint itself destroys accuses nobody. Then the
/// attribution method says how much of the evidence lies on the object. Any RGB images will do: what differs from the colour of an image's border
/// counts as its object; where the border is black the object is painted, else the ground, and where both have colours one after the other.
/// </remarks>
/// <example>
/// pentimento audit lazy.safetensors --data gr_95z
/// pentimento audit bird.onnx --data photos --cue background
/// pentimento audit weights.pth --network cnn3 --data images.npz --limit 2000 --out audit.png --json
/// </example>
public sealed record Audit : NetworkOperation<AuditResult>
{
    /// <summary>The set to audit on.</summary>
    public required DataRef Data { get; init; }

    /// <summary>The colours to paint with, as for build; by default those of the images, which on painted digits are the seed report's.</summary>
    [Input("F.yaml")]
    public string? Palette { get; init; }

    /// <summary>Audit this cue instead of the colour, on any images: how often predictions follow it, and whether that is a shortcut.</summary>
    public Cue? Cue { get; init; }

    /// <summary>The attribution method; where the network has no maps, gradient-x-input stands for the default.</summary>
    public AttributionMethod? Method { get; init; }

    /// <summary>Draw digits in every colour with the predictions, and the sweep of hues, as PNG.</summary>
    [Output("F.png")]
    public string? Out { get; init; }

    /// <inheritdoc/>
    internal override AuditResult Run(RunContext run)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var network = Load(run);
        if (Cue is { } cue) return CueAudit.Of(cue, network, Find(Data, Split.Test, network, run), Out is not null, run);
        var palette = Palette is null ? null : PaletteFile.Read(Palette);
        var set = Find(Data, Split.Test, network, run);
        var method = Method ?? new HiResCam().FittedTo(network);
        var stages = StagesOf(network, set, run);
        var predictions = Predictions.Of(network, set, stages[0]);
        var parts = ColorAudit.Of(network, set, palette, predictions, stages[1]);
        var recoloring = parts[0];
        var sweep = HueSweep.Of(network, set, stages[2]);
        var maps = method.ExplainSet(network, set, predictions.Classes, method.DefaultLayer(network), stages[3]);
        var evidence = AttributionMethod.Evidence(maps, set.Shape);
        var focus = EvidenceLocalization.Of(evidence, set, predictions.Classes);
        return new(
            set.Name, set.Count, recoloring.FlipRate, recoloring.Low, recoloring.High, recoloring.Shares?.Color.Value, recoloring.Shares?.Shape.Value,
            recoloring, sweep, method, focus, predictions.Accuracy, AuditVerdict.Of(parts, focus))
        {
            Followed = recoloring.Test?.Followed,
            Control = recoloring.Test?.Control,
            Parts = parts,
            Finding = ColorAudit.Finding(parts),
            Samples = Out is null ? null : RecoloredSamples.Of(network, set, palette ?? ImageColors.PaletteOf(set), run),
        };
    }

    /// <summary>One name for all stages, so that the time left is that of the whole audit.</summary>
    private static IReadOnlyList<RunContext> StagesOf(Classifier network, ImageSet set, RunContext run)
    {
        // In evaluations of an image: as it is, in some ten colours with their controls, some images in every hue, and a gradient.
        long[] sizes = [set.Count, 40L * set.Count, (long)HueSweep.Steps * HueSweep.SampleOf(network, set.Count), 3L * set.Count];
        var named = run.Called($"audit {set.Name}");
        return [.. sizes.Select((size, at) => named.Part(sizes.Take(at).Sum(), size, sizes.Sum()))];
    }
}

/// <summary>What an audit found. Fractions are of 1.</summary>
/// <param name="Data">The set.</param>
/// <param name="Count">Number of images.</param>
/// <param name="FlipRate">The mean share of the other colours in which an image gets another prediction.</param>
/// <param name="Low">The lower end of its 95% interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="ColorShare">The share of the logits' variance that the colour explains; null where the logits do not vary.</param>
/// <param name="ShapeShare">The share that the shape explains.</param>
/// <param name="Recoloring">The counts behind it; null where another cue than the colour was audited, as in the next three.</param>
/// <param name="Sweep">The mean probability of each class over the circle of hues.</param>
/// <param name="Method">The attribution method.</param>
/// <param name="Focus">Where the evidence lies.</param>
/// <param name="Accuracy">The accuracy on the images as they are.</param>
/// <param name="Verdict">The finding, in a sentence or more.</param>
public sealed record AuditResult(
    string Data,
    int Count,
    double FlipRate,
    double Low,
    double High,
    double? ColorShare,
    double? ShapeShare,
    Recoloring? Recoloring,
    HueSweep? Sweep,
    AttributionMethod? Method,
    EvidenceLocalization? Focus,
    Share Accuracy,
    string Verdict)
{
    /// <summary>The cue that was audited; null for the colour of the palette.</summary>
    public Cue? Cue { get; init; }

    /// <summary>How often predictions become each class by the cue of its images; empty for the colour of the palette.</summary>
    public IReadOnlyList<FollowedClass> PerClass { get; init; } = [];

    /// <summary>The cue's three numbers and their control; null for the colour of the palette.</summary>
    public Suspect? Suspect { get; init; }

    /// <summary>How far predictions follow the colour, of what is possible; of another cue, the share of predictions that become the donor's class,
    /// less those that do with a donor of a third class.</summary>
    public ConfidenceInterval? Followed { get; init; }

    /// <summary>The same in greys as bright as the colours; of another cue, with the last layer fitted anew with the cue swapped at random.</summary>
    public Control? Control { get; init; }

    /// <summary>Each part of the images that has colours, the most suspect first: recoloring is the first of them.</summary>
    public IReadOnlyList<Recoloring> Parts { get; init; } = [];

    /// <summary>What the test found: shortcut, none, or undecided.</summary>
    public Finding Finding { get; init; }

    /// <summary>A few images in every colour, for a drawing; null where none is wanted.</summary>
    [JsonIgnore]
    internal RecoloredSamples? Samples { get; init; }

    /// <summary>The images, for a drawing; null where none is wanted.</summary>
    [JsonIgnore]
    internal ImageSet? Set { get; init; }
}
