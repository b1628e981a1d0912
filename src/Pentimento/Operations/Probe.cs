using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Probing;

namespace Pentimento.Operations;

/// <summary>Measures each neuron's mutual information with colour and class, and which role it plays.</summary>
/// <remarks>
/// Information is measured on images whose colour is independent of the class, with p-values; a neuron is a traitor if it encodes the
/// colour and little
/// of the class where there is no colour, a hero if it is the other way round; ablating neurons shows whether that matters. Columns to sort by are
/// those of neurons.csv, e.g. miColor, survives, polysemantic.
/// </remarks>
/// <example>
/// pentimento probe lazy.safetensors --layer relu3
/// pentimento probe lazy.safetensors --layer relu1 relu2 relu3 --sort polysemantic --out neurons
/// pentimento probe --activations features.npz --permutations 1000 --json
/// </example>
public sealed record Probe : DataOperation<ProbeResult>
{
    private const string UsualGrey = "bw_100z";
    private static readonly IReadOnlyList<DataRef> UsualSets = ["rg_95z", "gr_95z", UsualGrey];

    /// <summary>A .safetensors written by pentimento, or weights with --network; none with --activations.</summary>
    [Argument]
    public NetworkRef? Model { get; init; }

    /// <summary>The architecture of weights that do not name their own, e.g. cnn3.</summary>
    public Architecture? Network { get; init; }

    /// <summary>
    /// What is done to images in [0, 1] before the network reads them: imagenet, symmetric, caffe, none, or steps as mean=0.5,std=0.5.
    /// </summary>
    [Form("STEPS")]
    public Preprocess? Preprocess { get; init; }

    /// <summary>Probe anybody's channels instead: activations (N, C), labels (N) and colors (N).</summary>
    [Input("F.npz")]
    public string? Activations { get; init; }

    /// <summary>The images to probe on; their colours should be independent of their classes.</summary>
    public DataRef Data { get; init; } = "un_0z";

    /// <summary>The attribute whose information is measured beside the label's (default: color or, where images have none, their only one).</summary>
    [Form("NAME")]
    public string? Attribute { get; init; }

    /// <summary>The cuts to probe (default: the last with maps after ReLU, or what the last linear layer reads).</summary>
    [Called("layer")]
    [Form("L")]
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Images without colour, which decide what survives; none for none.</summary>
    public DataRef Grey { get; init; } = UsualGrey;

    /// <summary>Sets on which channels are ablated.</summary>
    public IReadOnlyList<DataRef> Evaluate { get; init; } = UsualSets;

    /// <summary>Images of each set on which channels are ablated; 0 for no ablation.</summary>
    [Range(0, int.MaxValue)]
    public int TrialImages { get; init; } = 1000;

    /// <summary>The activation of an ablated channel.</summary>
    public AblationValue Ablation { get; init; }

    /// <summary>How a map becomes the one number that is probed and ranks the top images.</summary>
    public MapPooling Pool { get; init; }

    /// <summary>How activations are discretised.</summary>
    public Binning Bins { get; init; } = new QuantileBins();

    /// <summary>The method of feature visualization that draws neurons.</summary>
    [Called("with")]
    public Visualization Visualization { get; init; } = new JitteredAscent();

    /// <summary>How many neurons of each layer are visualized, the most informative first (default: all, of large networks fewer).</summary>
    [Range(0, int.MaxValue)]
    public int? Visualized { get; init; }

    /// <summary>Permutations behind each p-value.</summary>
    [Range(0, 1_000_000)]
    public int Permutations { get; init; } = 200;

    /// <summary>Bootstrap resamples behind each role.</summary>
    [Range(0, 1_000_000)]
    public int Resamples { get; init; } = 100;

    /// <summary>The column that orders the table, largest first.</summary>
    [Form("COLUMN")]
    public string? Sort { get; init; }

    /// <summary>Where neurons.json, neurons.csv and atlas.html are written.</summary>
    [Output("FOLDER")]
    public string Out { get; init; } = "probe";

    internal override bool NeedsTorch => Model is not null;

    internal override string? Caution(object result) => ((ProbeResult)result).Warning;

    /// <inheritdoc/>
    internal override void Check() =>
        Require.That(Model is null != Activations is null, $"probe takes either a MODEL or --activations F.npz.");

    /// <inheritdoc/>
    internal override ProbeResult Run(RunContext run)
    {
        var prober = new Prober(Bins, Permutations, Resamples, new(), new(), run.Threads);
        return Model is null ? ProbeTable(ActivationTable.Read(Activations!), prober, run) : ProbeNetwork(Model, prober, run);
    }

    private ProbeResult ProbeTable(ActivationTable table, Prober prober, RunContext run)
    {
        var probed = LayerProbe.Of(table, prober, run);
        return Result([probed], new(table.Name, table.Name, null), Dependence.Warning(table.Name, table.Labels, table.Colors));
    }

    private ProbeResult ProbeNetwork(NetworkRef model, Prober prober, RunContext run)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var network = NetworkOperation<ProbeResult>.Load(model, Network, Preprocess, null, run, Layers);
        ImageSet Of(DataOperation<ProbeResult> how, DataRef data) =>
            NetworkOperation<ProbeResult>.Fitted(how.Find(data, Split.Test, network.Shape, run), network);
        var set = Of(this, Data).JudgedBy(Attribute);
        // Digits without colour say nothing of images whose attribute is another.
        var withoutGrey = Grey.Text.Equals("none", StringComparison.OrdinalIgnoreCase)
            || (set.Bias != ImageSet.Color && Grey == new DataRef(UsualGrey));
        var grey = withoutGrey ? null : Find(Grey, Split.Test, network.Shape, run);
        var ablated = this with { Limit = TrialImages };
        var trials = TrialImages == 0 ? [] : AblatedOn(set).Select(data => Of(ablated, data)).ToList();
        var task = new ProbeTask(
            set, grey, trials, Pool, Ablation, prober, Visualization)
        { Visualized = Visualized };
        IReadOnlyList<string> layers = Layers.Count > 0 ? Layers : [network.UsualLayer];
        foreach (var layer in layers) VisualizationTarget.ChannelsOf(network, layer);
        return Result(
            [.. layers.Select(layer => LayerProbe.Of(network, task, layer, run))], new(model.Name, set.Name, grey?.Name),
            Dependence.Warning(set.Name, set.Labels, set.Colors, set.Bias));
    }

    /// <summary>The sets on which channels are ablated: the painted digits only where digits are probed.</summary>
    private IReadOnlyList<DataRef> AblatedOn(ImageSet set) => set.Bias != ImageSet.Color && Evaluate.SequenceEqual(UsualSets) ? [Data] : Evaluate;

    private ProbeResult Result(IReadOnlyList<LayerProbe> probed, ProbeSubject subject, string? warning)
    {
        var folder = Path.GetFullPath(Out);
        IReadOnlyList<Neuron> neurons = [.. probed.SelectMany(layer => layer.Neurons)];
        return new(
            string.Join(",", probed.Select(layer => layer.Layer.Name)), subject.Data, warning,
            Path.Combine(folder, "atlas.html"), Path.Combine(folder, "neurons.csv"),
            [.. probed.Select(layer => layer.Layer)], Sort is null ? neurons : NeuronColumns.Sorted(neurons, Sort))
        {
            Subject = subject,
            Samples = probed,
        };
    }
}

/// <summary>The neurons of one or several layers.</summary>
/// <param name="Layer">The layers' names, with commas.</param>
/// <param name="Data">The images.</param>
/// <param name="Warning">What must be known before anything is believed, or null.</param>
/// <param name="Atlas">The page of the neurons.</param>
/// <param name="Table">The table of the neurons.</param>
/// <param name="Layers">Each layer as a whole.</param>
/// <param name="Neurons">The neurons, in the order asked for.</param>
public sealed record ProbeResult(
    string Layer,
    string Data,
    string? Warning,
    string Atlas,
    string Table,
    IReadOnlyList<ProbedLayer> Layers,
    IReadOnlyList<Neuron> Neurons)
{
    /// <summary>Whose neurons they are.</summary>
    [JsonIgnore]
    internal ProbeSubject? Subject { get; init; }

    /// <summary>Each layer with its neurons' pictures, for a drawing.</summary>
    [JsonIgnore]
    internal IReadOnlyList<LayerProbe> Samples { get; init; } = [];
}

/// <summary>Whose neurons are probed.</summary>
/// <param name="Name">The network's name, or the file's.</param>
/// <param name="Data">The images.</param>
/// <param name="Grey">The images without colour, or null.</param>
internal sealed record ProbeSubject(string Name, string Data, string? Grey);
