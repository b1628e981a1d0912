using System.ComponentModel.DataAnnotations;
using Pentimento.Attacks;
using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using Pentimento.Probing;
using Pentimento.Sparse;

namespace Pentimento.Operations;

/// <summary>Edits a trained network without training it: ablates, steers, projects out.</summary>
/// <remarks>
/// The reconstruction error is left as it is: with nothing ablated, no bit of a logit changes. --ablate auto sees training images and their classes,
/// and copies of them in each other's colours. It sees no colour label and none of --evaluate. With --attribute it sees that attribute of
/// the training
/// images, and meets every group, a class with one of its values, equally often.
/// </remarks>
/// <example>
/// pentimento operate lazy.safetensors --autoencoder features.safetensors --ablate auto --evaluate rg_95z gr_95z --curve cost.png
/// pentimento operate lazy.safetensors --autoencoder features.safetensors --ablate 12,40 --to mean --steer 7=3 --evaluate bw_100z
/// pentimento operate lazy.safetensors --layer fc1 --neurons 3,17 --steer 5=2 --evaluate rg_95z gr_95z
/// pentimento operate erm.safetensors --layer pool3-flat --neurons auto --select rg_95z --most 200 --out repaired.safetensors
/// </example>
[Called("operate")]
internal sealed record Edit : NetworkOperation<EditResult>
{
    private static readonly GreedySelection Usual = new();

    /// <summary>The features, as 'pentimento decompose' wrote them.</summary>
    [Input("F")]
    public string? Autoencoder { get; init; }

    /// <summary>Features to ablate: numbers, or auto to choose them on training images.</summary>
    [Form("auto|IDS")]
    public UnitChoice? Ablate { get; init; }

    /// <summary>What ablated features become: zero, or their mean over the selection's images.</summary>
    public AblationValue To { get; init; }

    /// <summary>Add so much of a feature's direction or, without an autoencoder, to a neuron or channel of --layer, e.g. 12=4.5,30=-1.</summary>
    [Form("ID=G")]
    public IReadOnlyList<SteeredFeature> Steer { get; init; } = [];

    /// <summary>Neurons or channels of --layer to set to 0: numbers, or auto to choose them on --select as features are chosen.</summary>
    [Form("auto|IDS")]
    public UnitChoice? Neurons { get; init; }

    /// <summary>Project 'directions' (k, C) out of --layer; 'origin' (C) says where they end, else 0.</summary>
    [Input("F.npz")]
    public string? ProjectOut { get; init; }

    /// <summary>
    /// The cut for --neurons and --project-out; at pool3-flat each place of each map of pool3 is a neuron (default: fc1 or, where there is none, what
    /// the last linear layer reads).
    /// </summary>
    [Form("L")]
    public string? Layer { get; init; }

    /// <summary>Training images that auto looks at; by default those of the autoencoder.</summary>
    public DataRef? Select { get; init; }

    /// <summary>With auto, the attribute that misleads, a column of the training images; by default colour, shuffled, without labels.</summary>
    [Form("NAME")]
    public string? Attribute { get; init; }

    /// <summary>With auto, ablate at most so many features.</summary>
    [Range(1, 100_000)]
    public int Most { get; init; } = Usual.Most;

    /// <summary>With auto, look at so many images.</summary>
    [Range(2, 10_000_000)]
    public int Seen { get; init; } = Usual.Images;

    /// <summary>With auto, the accuracy that the images as they are may lose, a share of 1.</summary>
    [Range(0.0, 1.0)]
    public double OwnLoss { get; init; } = Usual.OwnLoss;

    /// <summary>Sets to examine before and after; they select nothing.</summary>
    public IReadOnlyList<DataRef> Evaluate { get; init; } = [];

    /// <summary>Attack the first images of each set before and after.</summary>
    public Attack? Attack { get; init; }

    /// <summary>Where the edited network is written, a model like any other.</summary>
    [Output("FILE")]
    public string? Out { get; init; }

    /// <summary>With auto, draw what ablation costs on the first set of --evaluate and gains on the second, beside baselines, as PNG.</summary>
    [Output("F.png")]
    public string? Curve { get; init; }

    /// <summary>With --steer, draw how many predictions of each set of --evaluate change as more is added, as PNG.</summary>
    [Output("F.png")]
    public string? Steering { get; init; }

    internal override void Check()
    {
        ModelFile.CheckName(Out, "--out");
        Require.That(Autoencoder is not null || Ablate is null, $"--ablate needs --autoencoder; neurons are named with --neurons.");
        Require.That(
            Neurons is not { Automatic: true } || Autoencoder is null,
            $"--neurons auto and --autoencoder choose one after the other: operate twice.");
        Require.That(Steering is null || (Steer.Count > 0 && Evaluate.Count > 0), $"--steering needs --steer and a set to --evaluate.");
        Require.That(Autoencoder is not null || Steering is null, $"--steering needs --autoencoder: it draws what features do.");
        Require.That(
            Curve is null || (Ablate is { Automatic: true } && Evaluate.Count >= 2),
            $"--curve needs --ablate auto and two sets to --evaluate: one that should not suffer, one that should gain.");
    }

    /// <inheritdoc/>
    internal override EditResult Run(RunContext run)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var network = Load(run, Layer ?? "", Autoencoder is null ? "" : AutoencoderFile.Layer(Autoencoder));
        var layer = Layer ?? network.UsualFeatures;
        var sets = FindAll(Evaluate, Split.Test, network, run).ToList();
        var steps = new EditSteps(network, new() { Most = Most, Images = Seen, OwnLoss = OwnLoss, Attribute = Attribute }, run);
        if (Autoencoder is not null)
        {
            steps.EditFeatures(Autoencoder, Ablate, To, Steer, () => Training(network, run));
            if (Curve is not null) steps.Compare(Training(network, run), sets[0], sets[1]);
        }

        var before = Examine(network, sets, run);
        var steering = Autoencoder is null ? [] : steps.Steering(Steer, sets);
        if (ProjectOut is not null) steps.ProjectOut(ProjectOut, layer);
        if (Neurons is { Automatic: true }) steps.ChooseNeurons(layer, Training(network, run));
        else if (Neurons is not null) steps.AblateNeurons(Neurons.Numbers, layer);
        if (Autoencoder is null && Steer.Count > 0) steps.SteerNeurons(Steer, layer);
        using var edited = steps.Apply();
        var after = Examine(edited, sets, run);
        var file = Out is null ? null : Path.GetFullPath(Out);
        if (file is not null) ModelFile.Write(file, edited, steps.Recipe(Model.File));
        return new(file, steps.Layer, steps.Ablated, before, after, steps.Selection, steps.Curve, steering);
    }

    /// <summary>The images that ablated features and neurons are chosen on.</summary>
    private ImageSet Training(Classifier network, RunContext run)
    {
        var data = Select
            ?? (Autoencoder is null ? null : AutoencoderFile.Recorded(Autoencoder)["data"]?.GetValue<string>())
            ?? throw new BadInputException("Say with --select which training images to look at.");
        return Fitted(Library(run).For(network.Shape).Find(data.Text, Split.Train, Seen, run), network);
    }

    private List<Examination> Examine(Classifier network, List<ImageSet> sets, RunContext run) =>
        [.. sets.Select(set => Examination.Of(network, set, Attack, run))];
}

/// <summary>An edited network, examined before and after.</summary>
/// <param name="Model">The file that was written; null where none was wanted.</param>
/// <param name="Layer">The cut of the features, or of the neurons that were chosen; null where there are neither.</param>
/// <param name="Ablated">The features or neurons that were ablated.</param>
/// <param name="Before">The network as it was, by set.</param>
/// <param name="After">The edited network, by set.</param>
/// <param name="Selection">How ablated units were chosen; null where they were named.</param>
/// <param name="Curve">Accuracy by the number ablated, beside baselines; null where none was wanted.</param>
/// <param name="Steering">Predictions by the amount added, for each steered feature and set.</param>
internal sealed record EditResult(
    string? Model,
    string? Layer,
    IReadOnlyList<int> Ablated,
    IReadOnlyList<Examination> Before,
    IReadOnlyList<Examination> After,
    SelectedUnits? Selection,
    CollateralCurve? Curve,
    IReadOnlyList<SteeringCurve> Steering);
