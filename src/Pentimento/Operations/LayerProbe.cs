using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Probing;
using static TorchSharp.torch;

namespace Pentimento.Operations;

/// <summary>A layer as a whole.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Groups">Accuracies without groups of its channels; empty if not measured.</param>
/// <param name="Stability">
/// The rank correlation of the neurons' information between halves of samples, with quantile bins; null if there are too few images.
/// </param>
/// <param name="ThresholdStability">The same with a fixed threshold.</param>
public sealed record ProbedLayer(string Name, IReadOnlyList<AblatedGroup> Groups, double? Stability, double? ThresholdStability);

/// <summary>One probed layer of a network with what a drawing of its neurons needs.</summary>
/// <param name="Layer">The layer as a whole.</param>
/// <param name="Neurons">Its neurons.</param>
/// <param name="Samples">Their pictures; null where only activations are known.</param>
internal sealed record LayerProbe(ProbedLayer Layer, IReadOnlyList<Neuron> Neurons, NeuronSamples? Samples)
{
    private const int StrongestPlaces = 5;
    private const int BootstrapSamples = 10;
    private const int LargestHalf = 500;

    /// <summary>Reads a layer, and probes, ablates and visualizes its neurons.</summary>
    public static LayerProbe Of(Classifier network, ProbeTask task, string layer, RunContext run)
    {
        var colored = PooledActivations.Of(network, task.Set, layer, StrongestPlaces, run);
        var grey = task.Grey is null ? null : PooledActivations.Of(network, task.Grey, layer, StrongestPlaces, run);
        var table = colored.By(task.Pooling);
        var neurons = task.Prober.Probe(table, grey?.By(task.Pooling), (grey ?? colored).Strongest, run.For(layer));
        var ablated =
            task.Ablation == AblationValue.Zero ? new double[neurons.Count] : [.. colored.Means.Channels.Select(channel => channel.Average())];
        var trial = task.Evaluated.Count == 0 ? new(neurons, []) : RoleAblation.Of(network, neurons, task.Evaluated, ablated, run.For(layer));
        return new(Whole(layer, table, trial.Groups, task.Prober, run), trial.Neurons, NeuronSamples.Of(network, task, colored, trial.Neurons, run));
    }

    /// <summary>Probes anybody's channels: there is no network to ablate or visualize.</summary>
    public static LayerProbe Of(ActivationTable table, Prober prober, RunContext run)
    {
        var neurons = prober.Probe(table, null, table, run);
        return new(Whole(table.Name, table, [], prober, run), neurons, null);
    }

    private static ProbedLayer Whole(string layer, ActivationTable table, IReadOnlyList<AblatedGroup> groups, Prober prober, RunContext run)
    {
        var half = Math.Min(LargestHalf, table.Count / 4);
        double? Stable(Binning binning) => half < 10 ? null : BootstrapAgreement.Of(table, binning, BootstrapSamples, half, run, prober.Threads);
        return new(layer, groups, Stable(prober.Binning), Stable(new ThresholdBins()));
    }
}

/// <summary>What a network is probed with.</summary>
/// <param name="Set">The coloured images.</param>
/// <param name="Grey">The images without colour, or null.</param>
/// <param name="Evaluated">The sets on which channels are ablated; empty for no ablation.</param>
/// <param name="Pooling">How a map becomes one number.</param>
/// <param name="Ablation">The activation of an ablated channel.</param>
/// <param name="Prober">How channels are probed.</param>
/// <param name="Visualization">How channels are visualized.</param>
internal sealed record ProbeTask(
    ImageSet Set,
    ImageSet? Grey,
    IReadOnlyList<ImageSet> Evaluated,
    MapPooling Pooling,
    AblationValue Ablation,
    Prober Prober,
    Visualization Visualization)
{
    /// <summary>How many neurons of a layer are visualized; null for as many as need little time.</summary>
    public int? Visualized { get; init; }

    /// <summary>How many of so many neurons are visualized.</summary>
    public int VisualizedOf(Classifier network, int neurons) =>
        Math.Min(neurons, Visualized ?? Visualization.AffordableOf(network, neurons));
}

/// <summary>The pictures of a layer's neurons.</summary>
/// <param name="Set">The images that the neurons' top images are taken from.</param>
/// <param name="Reading">Where in them each channel is activated most.</param>
/// <param name="ByInformation">The neurons' places, those first that tell most about the label or the attribute.</param>
/// <param name="Visualized">float32 (C, H, W) of each neuron that is visualized, by its place.</param>
/// <param name="Evidence">float32 (H, W), the evidence for the predicted class (Grad-CAM), by image.</param>
internal sealed record NeuronSamples(
    ImageSet Set,
    PooledActivations Reading,
    IReadOnlyList<int> ByInformation,
    IReadOnlyDictionary<int, float[]> Visualized,
    IReadOnlyDictionary<int, float[]> Evidence)
{
    /// <summary>How many of a neuron's top images are shown.</summary>
    public const int Shown = 8;

    /// <summary>Visualizes neurons, and explains the network's predictions on their top images.</summary>
    public static NeuronSamples Of(Classifier network, ProbeTask task, PooledActivations reading, IReadOnlyList<Neuron> neurons, RunContext run)
    {
        using var scope = NewDisposeScope();
        int[] telling =
        [
            .. Enumerable.Range(0, neurons.Count)
                .OrderByDescending(at => Math.Max(neurons[at].ColorGivenDigit, neurons[at].DigitGivenColor)),
        ];
        int[] chosen = [.. telling.Take(task.VisualizedOf(network, neurons.Count)).Order()];
        var target = new VisualizationTarget(neurons[0].Layer, [.. chosen.Select(at => neurons[at].Index)]);
        var drawn = chosen.Length == 0 ? null : task.Visualization.Draw(network, target, task.Set, run.For("visualize")).cpu();
        int[] places = [.. neurons.SelectMany(neuron => neuron.Top.Take(Shown)).Distinct().Order()];
        var images = task.Set.Pick(places);
        var method = new GradCam().FittedTo(network);
        var maps = method.ExplainSet(network, images, Predictor.Classes(network, images, run), method.DefaultLayer(network), run);
        var evidence = AttributionMethod.Evidence(maps, images.Shape);
        return new(
            task.Set, reading, telling,
            chosen.Select((place, at) => (place, at)).ToDictionary(
                pair => pair.place, pair => drawn![pair.at].contiguous().data<float>().ToArray()),
            places.Select((place, at) => (place, at)).ToDictionary(
                pair => pair.place, pair => evidence[pair.at].contiguous().data<float>().ToArray()));
    }
}
