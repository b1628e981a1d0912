using Pentimento.Data;
using Pentimento.Operations;
using Pentimento.Probing;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Atlases;

/// <summary>The cards of a probed layer's neurons.</summary>
internal static class AtlasCards
{
    /// <summary>One card for each neuron; without pictures where only activations are known.</summary>
    public static IReadOnlyList<AtlasCard> Of(LayerProbe probe)
    {
        if (probe.Samples is not { } samples) return [.. probe.Neurons.Select(neuron => new AtlasCard(neuron, null, null, null))];
        var heat = EvidenceColors.Over(samples.Evidence.Values);
        return [.. probe.Neurons.Select((neuron, at) =>
        {
            int[] top = [.. neuron.Top.Take(NeuronSamples.Shown)];
            return new AtlasCard(
                neuron, Picture.Of(samples.Visualized[at], samples.Set.Shape),
                Picture.Row([.. top.Select(place => Located(samples.Set, samples.Reading, neuron.Index, place))]),
                Picture.Row([.. top.Select(place => heat.Over(Picture.Of(samples.Set, place), samples.Evidence[place]))]));
        })];
    }

    /// <summary>An image with a frame where the channel is activated most; none for a layer without places.</summary>
    private static Picture Located(ImageSet set, PooledActivations reading, int channel, int place)
    {
        var picture = Picture.Of(set, place);
        if (reading.Width == 1) return picture;
        var (height, width) = (picture.Height / reading.Height, picture.Width / reading.Width);
        var (row, column) = Math.DivRem(reading.Places[channel][place], reading.Width);
        return picture.Framed(row * height, column * width, height, width);
    }
}
