using Pentimento.Data;
using Pentimento.Operations;
using Pentimento.Probing;
using Pentimento.Reports.Pictures;

namespace Pentimento.Reports.Atlases;

/// <summary>The cards of a probed layer's neurons.</summary>
internal static class AtlasCards
{
    // Photographs of thousands of channels would make a page that no browser opens.
    private const int Rows = 84;
    private const long PageBytes = 1L << 25;

    /// <summary>One card for each neuron; without pictures where only activations are known, and where a page would be too large.</summary>
    public static IReadOnlyList<AtlasCard> Of(LayerProbe probe)
    {
        if (probe.Samples is not { } samples) return [.. probe.Neurons.Select(neuron => new AtlasCard(neuron, null, null, null))];
        var evidence = EvidenceColors.Over(samples.Evidence.Values);
        var shape = samples.Set.Shape;
        var rows = Math.Min(Rows, shape.Height);
        var most = PageBytes / (2L * NeuronSamples.Shown * rows * Math.Max(1, shape.Width * rows / shape.Height) * 3);
        var shown = samples.ByInformation.Take((int)Math.Min(most, probe.Neurons.Count)).ToHashSet();
        var heat = samples.Evidence.ToDictionary(
            pair => pair.Key, pair => evidence.Over(Picture.Of(samples.Set, pair.Key), pair.Value).AtMost(Rows));
        return [.. probe.Neurons.Select((neuron, at) =>
        {
            if (!shown.Contains(at)) return new AtlasCard(neuron, null, null, null);
            int[] top = [.. neuron.Top.Take(NeuronSamples.Shown)];
            return new AtlasCard(
                neuron, samples.Visualized.TryGetValue(at, out var drawn) ? Picture.Of(drawn, shape) : null,
                Picture.Row([.. top.Select(place => Located(samples.Set, samples.Reading, neuron.Index, place))]),
                Picture.Row([.. top.Select(place => heat[place])]));
        })];
    }

    /// <summary>An image with a frame where the channel is activated most; none for a layer without places.</summary>
    private static Picture Located(ImageSet set, PooledActivations reading, int channel, int place)
    {
        var picture = Picture.Of(set, place).AtMost(Rows);
        if (reading.Width == 1) return picture;
        var (height, width) = (picture.Height / reading.Height, picture.Width / reading.Width);
        var (row, column) = Math.DivRem(reading.Places[channel][place], reading.Width);
        return picture.Framed(row * height, column * width, height, width);
    }
}
