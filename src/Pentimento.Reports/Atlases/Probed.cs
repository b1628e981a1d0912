using Pentimento.Attribution;
using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using Pentimento.Probing;
using Pentimento.Reports.Pictures;
using TorchSharp;

namespace Pentimento.Reports.Atlases;

/// <summary>One layer of a network, probed: its neurons, and their cards for the atlas.</summary>
/// <param name="Layer">What is known of the layer as a whole.</param>
/// <param name="Neurons">Its neurons.</param>
/// <param name="Cards">The neurons with their pictures.</param>
public sealed record Probed(AtlasLayer Layer, IReadOnlyList<Neuron> Neurons, IReadOnlyList<AtlasCard> Cards)
{
    private const int StrongestPlaces = 5;
    private const int Shown = 8;
    private const int Samples = 10;
    private const int LargestHalf = 500;

    /// <summary>Reads a layer and asks, silences and draws its neurons.</summary>
    public static Probed Of(Classifier network, ProbeTask task, string layer, RunContext run)
    {
        var colored = LayerReading.Of(network, task.Set, layer, StrongestPlaces, run);
        var grey = task.Grey is null ? null : LayerReading.Of(network, task.Grey, layer, StrongestPlaces, run);
        var table = colored.By(task.Pooling);
        var neurons = task.Prober.Probe(table, grey?.By(task.Pooling), (grey ?? colored).Strongest, run.For(layer));
        var silence =
            task.Silence == AblationValue.Zero ? new double[neurons.Count] : [.. colored.Means.Channels.Select(answers => answers.Average())];
        var trial = task.Judged.Count == 0 ? new(neurons, []) : RoleAblation.Of(network, neurons, task.Judged, silence, run.For(layer));
        return new(Whole(layer, table, trial.Groups, task.Prober, run), trial.Neurons, Draw(network, task, colored, trial.Neurons, run));
    }

    /// <summary>Anybody's channels: there is no network to silence or draw.</summary>
    public static Probed Of(ActivationTable table, Prober prober, RunContext run)
    {
        var neurons = prober.Probe(table, null, table, run);
        return new(Whole(table.Name, table, [], prober, run), neurons, [.. neurons.Select(neuron => new AtlasCard(neuron, null, null, null))]);
    }

    private static AtlasLayer Whole(string layer, ActivationTable table, IReadOnlyList<AblatedGroup> groups, Prober prober, RunContext run)
    {
        var half = Math.Min(LargestHalf, table.Count / 4);
        double? Stable(Binning binning) => half < 10 ? null : BootstrapAgreement.Of(table, binning, Samples, half, run, prober.Threads);
        return new(layer, groups, Stable(prober.Binning), Stable(new ThresholdBins()));
    }

    private static IReadOnlyList<AtlasCard> Draw(
        Classifier network,
        ProbeTask task,
        LayerReading reading,
        IReadOnlyList<Neuron> neurons,
        RunContext run)
    {
        using var scope = torch.NewDisposeScope();
        var goal = new VisualizationTarget(neurons[0].Layer, [.. neurons.Select(neuron => neuron.Index)]);
        var drawn = task.Drawing.Draw(network, goal, task.Set, run.For("visualize"));
        int[] places = [.. neurons.SelectMany(neuron => neuron.Top.Take(Shown)).Distinct().Order()];
        var images = task.Set.Pick(places);
        var maps = new GradCam().ExplainSet(network, images, Predictor.Classes(network, images, run), network.LastRelu, run);
        var evidence = AttributionMethod.Evidence(maps, images.Shape);
        var ofPlace = places
            .Select((place, at) => (place, Map: evidence[at].contiguous().data<float>().ToArray()))
            .ToDictionary(pair => pair.place, pair => pair.Map);
        var heat = Heat.Over(ofPlace.Values);
        return [.. neurons.Select((neuron, at) =>
        {
            int[] top = [.. neuron.Top.Take(Shown)];
            return new AtlasCard(
                neuron, Picture.Of(drawn[at].cpu().contiguous().data<float>().ToArray(), network.Shape),
                Picture.Row([.. top.Select(place => Located(Picture.Of(task.Set, place), reading, neuron.Index, place))]),
                Picture.Row([.. top.Select(place => heat.Over(Picture.Of(task.Set, place), ofPlace[place]))]));
        })];
    }

    /// <summary>An image with a frame where the channel answers most; none for a layer without places.</summary>
    private static Picture Located(Picture picture, LayerReading reading, int channel, int place)
    {
        if (reading.Width == 1) return picture;
        var (height, width) = (picture.Height / reading.Height, picture.Width / reading.Width);
        var (row, column) = Math.DivRem(reading.Places[channel][place], reading.Width);
        return picture.Framed(row * height, column * width, height, width);
    }
}

/// <summary>What a network is probed with.</summary>
/// <param name="Set">The coloured images.</param>
/// <param name="Grey">The images without colour, or null.</param>
/// <param name="Judged">The sets on which channels are silenced; empty for no ablation.</param>
/// <param name="Pooling">How a map becomes one number.</param>
/// <param name="Silence">What a silenced channel answers.</param>
/// <param name="Prober">How channels are asked.</param>
/// <param name="Drawing">How channels are drawn.</param>
public sealed record ProbeTask(
    ImageSet Set,
    ImageSet? Grey,
    IReadOnlyList<ImageSet> Judged,
    MapPooling Pooling,
    AblationValue Silence,
    Prober Prober,
    Visualization Drawing);
