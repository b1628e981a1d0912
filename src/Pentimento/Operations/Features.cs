using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Sparse;
using TorchSharp;

namespace Pentimento.Operations;

/// <summary>Attributes logits to sparse features, and says which features are shortcuts.</summary>
/// <remarks>
/// Three things are measured for every feature and logit: their correlation, the direct effect of a unit of the feature, and the causal effect of
/// ablating it. A shortcut is selective for a colour, or for a value of --attribute, and supports the class that had it in training.
/// </remarks>
/// <example>
/// pentimento features lazy.safetensors --autoencoder features.safetensors --limit 2000 --picture logits.png
/// pentimento features lazy.safetensors --autoencoder features.safetensors --compare rg_95z gr_95z bw_100z --out seen.safetensors
/// pentimento probe seen.safetensors --layer fc1 features
/// </example>
internal sealed record Features : NetworkOperation<FeaturesResult>
{
    /// <summary>The features, as 'pentimento decompose' wrote them.</summary>
    [Input("F")]
    public required string Autoencoder { get; init; }

    /// <summary>Images whose colour is independent of the class.</summary>
    public DataRef Data { get; init; } = new("un_0z");

    /// <summary>The attribute that a shortcut is selective for (default: color or, where images have none, their only one).</summary>
    [Form("NAME")]
    public string? Attribute { get; init; }

    /// <summary>The training images, from which the class of each colour is read; by default the autoencoder's.</summary>
    public DataRef? Training { get; init; }

    /// <summary>Sets to measure every feature's strength on, e.g. rg_95z gr_95z bw_100z.</summary>
    public IReadOnlyList<DataRef> Compare { get; init; } = [];

    /// <summary>Write the network with the features as a cut, 'features', for probe, visualize and explain.</summary>
    [Output("FILE")]
    public string? Out { get; init; }

    /// <summary>Draw the matrix of features and logits, as PNG.</summary>
    [Output("F.png")]
    public string? Picture { get; init; }

    internal override void Check() => ModelFile.CheckName(Out, "--out");

    /// <inheritdoc/>
    internal override FeaturesResult Run(RunContext run)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var (features, layer) = AutoencoderFile.Read(Autoencoder);
        var network = Load(run, layer);
        AutoencoderFile.Fits(Autoencoder, features, network, layer);
        if (AutoencoderFile.Caution(Autoencoder, network) is { } caution) run.Notice(caution);
        features.to(run.Device.ToTorch());
        var set = Find(Data, Split.Test, network, run).JudgedBy(Attribute);
        var learned = Training
            ?? AutoencoderFile.Recorded(Autoencoder)["data"]?.GetValue<string>()
            ?? throw new BadInputException("Say with --training which images tell the class of each colour.");
        var attribution = LogitAttribution.Of(network, features, layer, set, run);
        var strengths = Compare.Select(data => Fitted(Find(data, Split.Test, network.Shape, run), network)).Prepend(set)
            .Select(one => FeatureStrength.Of(network, features, layer, one, run)).ToList();
        var biased = Fitted(Find(learned, Split.Train, network.Shape, run), network).JudgedBy(set.Bias);
        var shortcuts = ShortcutFeature.Find(attribution, strengths[0].ByColor, strengths[0].Colors, biased);
        var picture = Picture is null ? null : Path.GetFullPath(Picture);
        return new(layer, set.Name, Write(network, layer, features), picture, shortcuts, strengths, attribution)
        {
            Attribute = set.Bias,
            Values = strengths[0].Colors.ToDictionary(value => value, value => set.ValueName(set.Bias, value)),
        };
    }

    private string? Write(Classifier network, string layer, Autoencoder features)
    {
        using var decomposed = Decomposed.Of(network, layer, features);
        if (Out is null) return null;
        var file = Path.GetFullPath(Out);
        ModelFile.Write(file, decomposed, $"{{\"autoencoder\":\"{Path.GetFileName(Autoencoder)}\"}}");
        return file;
    }
}

/// <summary>What features have to do with logits and colours.</summary>
/// <param name="Layer">The cut that the autoencoder decomposes.</param>
/// <param name="Data">The images.</param>
/// <param name="Model">The network that was written, with the features as a cut; null where none was wanted.</param>
/// <param name="Picture">The picture that was drawn; null where none was wanted.</param>
/// <param name="Shortcuts">Every feature that is ever active, the strongest effects first.</param>
/// <param name="Strengths">The activation of every feature on each set, the first entry on <paramref name="Data"/>.</param>
/// <param name="Attribution">Correlation, direct and causal effect of every feature on every logit.</param>
internal sealed record FeaturesResult(
    string Layer,
    string Data,
    string? Model,
    string? Picture,
    IReadOnlyList<ShortcutFeature> Shortcuts,
    IReadOnlyList<FeatureStrength> Strengths,
    LogitAttribution Attribution)
{
    /// <summary>The attribute that shortcuts are selective for; their <c>color</c> is one of its values.</summary>
    public string Attribute { get; init; } = ImageSet.Color;

    /// <summary>What the attribute's values are called, by number.</summary>
    public IReadOnlyDictionary<long, string> Values { get; init; } = new Dictionary<long, string>();
}
