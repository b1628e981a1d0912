using System.Text.Json.Nodes;
using Pentimento.Data;
using Pentimento.Editing;
using Pentimento.Networks;
using Pentimento.Probing;
using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Operations;

/// <summary>The edits of one network, gathered in order and applied at the end.</summary>
/// <param name="network">In evaluation mode; not changed.</param>
/// <param name="selection">How units are chosen.</param>
/// <param name="run">Device, seed, progress and cancellation.</param>
internal sealed class EditSteps(Classifier network, GreedySelection selection, RunContext run)
{
    private readonly List<(string Layer, NetworkEdit Edit, nn.Module<Tensor, Tensor> Change)> changes = [];
    private Autoencoder? autoencoder;
    private Tensor? target;

    /// <summary>The cut whose units were named or chosen.</summary>
    public string? Layer { get; private set; }

    /// <summary>The units that are ablated.</summary>
    public IReadOnlyList<int> Ablated { get; private set; } = [];

    /// <summary>How they were chosen, or null.</summary>
    public SelectedUnits? Selection { get; private set; }

    /// <summary>Accuracy by the number ablated, or null.</summary>
    public CollateralCurve? Curve { get; private set; }

    /// <summary>Ablates and steers features.</summary>
    public void EditFeatures(string file, UnitChoice? ablate, AblationValue to, IReadOnlyList<SteeredFeature> steered, Func<ImageSet> training)
    {
        (autoencoder, Layer) = AutoencoderFile.Read(file);
        autoencoder.to(run.Device.ToTorch());
        AutoencoderFile.Fits(file, autoencoder, network, Layer);
        if (AutoencoderFile.Caution(file, network) is { } caution) run.Notice(caution);
        target = to == AblationValue.Mean ? Means(training()) : zeros(autoencoder.Features, device: run.Device.ToTorch());
        if (ablate is { Automatic: true }) Selection = selection.Select(network, autoencoder, Layer, training(), target, run.For("select"));
        Ablated = Selection?.Features ?? ablate?.Numbers ?? [];
        foreach (var feature in Ablated.Concat(steered.Select(one => one.Feature)))
            Require.That(feature < autoencoder.Features, $"There is no feature {feature}; {file} has 0 to {autoencoder.Features - 1}.");

        var (keep, add) = (ones(autoencoder.Features), zeros(autoencoder.Features));
        foreach (var feature in Ablated) (keep[feature], add[feature]) = (tensor(0f), target[feature].cpu());
        foreach (var (feature, strength) in steered) add[feature] = add[feature] + (float)strength;
        var edit = new FeatureEdit { Autoencoder = autoencoder.Variant, Count = (int)autoencoder.Features };
        changes.Add((Layer, edit, FeatureEdit.Of(autoencoder, keep, add)));
    }

    /// <summary>Measures the chosen features beside baselines.</summary>
    public void Compare(ImageSet training, ImageSet own, ImageSet other)
    {
        using var baselines = Baselines.Of(selection, network, autoencoder!, Layer!, training, run.For("select"));
        Curve = CollateralCurve.Of(network, autoencoder!, Layer!, Selection!, baselines, (own, other), target!, run);
    }

    /// <summary>Predictions by the amount added, for each feature and set.</summary>
    public IReadOnlyList<SteeringCurve> Steering(IReadOnlyList<SteeredFeature> steered, IReadOnlyList<ImageSet> sets) =>
        [.. steered.SelectMany(one => sets.Select(set => SteeringCurve.Of(network, autoencoder!, Layer!, set, one.Feature, one.Strength, run)))];

    /// <summary>Projects directions from a file out of a cut.</summary>
    public void ProjectOut(string file, string layer)
    {
        var (directions, origin) = ProjectionFile.Read(file, layer, CutActivations.Inputs(network, layer));
        changes.Add((layer, new Projection((int)directions.shape[0]), Projection.Of(directions, origin)));
    }

    /// <summary>Sets neurons of a cut to 0.</summary>
    public void AblateNeurons(IReadOnlyList<int> neurons, string layer)
    {
        var inputs = CutActivations.Inputs(network, layer);
        Require.That(neurons.Count > 0 && neurons.All(neuron => neuron < inputs), $"--neurons: {layer} has the neurons 0 to {inputs - 1}.");
        var axes = eye(inputs).index_select(0, tensor(neurons.Distinct().Select(neuron => (long)neuron).ToArray()));
        changes.Add((layer, new Projection((int)axes.shape[0]), Projection.Of(axes, zeros(inputs))));
    }

    /// <summary>Adds to neurons of a cut.</summary>
    public void SteerNeurons(IReadOnlyList<SteeredFeature> steered, string layer)
    {
        var inputs = CutActivations.Inputs(network, layer);
        Require.That(steered.All(one => one.Feature < inputs), $"--steer: {layer} has the neurons 0 to {inputs - 1}.");
        var added = zeros(inputs);
        foreach (var (neuron, strength) in steered) added[neuron] = added[neuron] + (float)strength;
        changes.Add((layer, new Offset(), Offset.Of(added)));
    }

    /// <summary>Chooses neurons of a cut as features are chosen, and sets them to 0.</summary>
    public void ChooseNeurons(string layer, ImageSet training)
    {
        using var axes = NeuronBasis.Of(CutActivations.Inputs(network, layer)).to(run.Device.ToTorch());
        var zero = zeros(axes.Features, device: run.Device.ToTorch());
        Selection = selection.Select(network, axes, layer, training, zero, run.For("select"));
        (Layer, Ablated) = (layer, Selection.Features);
        if (Ablated.Count > 0) AblateNeurons(Ablated, layer);
    }

    /// <summary>The edited network; the caller disposes it.</summary>
    public Classifier Apply() =>
        changes.Aggregate(network, (edited, change) => Edited.Of(edited, change.Layer, change.Edit, change.Change)).On(run.Device);

    /// <summary>What a model's file says of its edits.</summary>
    public string Recipe(string model) => new JsonObject
    {
        ["operated"] = model,
        ["layer"] = Layer,
        ["ablated"] = string.Join(",", Ablated),
        ["seed"] = run.Seed.Value,
    }.ToJsonString();

    private Tensor Means(ImageSet set)
    {
        using var inner = NewDisposeScope();
        return autoencoder!.Encode(CutActivations.Rows(CutActivations.Store(network, set, Layer!, run))).mean([0]).MoveToOuterDisposeScope();
    }
}
