using Pentimento.Data;
using Pentimento.Probing;
using Pentimento.Reports.Pictures;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>One channel: the images that activate it most, how its values are spread, and what it tells of class and colour.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Here">Its largest value in the image at hand.</param>
/// <param name="Largest">Its largest value in all of them.</param>
/// <param name="Top">The images that activate it most.</param>
/// <param name="Histogram">How many images have their largest value in each twentieth of the range.</param>
/// <param name="Low">Where the range begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Count">How many images were read.</param>
/// <param name="Information">What it tells of class and colour.</param>
internal sealed record ChannelCard(
    string Layer, int Channel, double Here, double Largest, IReadOnlyList<TopImage> Top, IReadOnlyList<int> Histogram, double Low, double High,
    int Count, IReadOnlyList<ToldAttribute> Information)
{
    private const int Shown = 8;
    private const int Bins = 20;
    private const int Permutations = 200;

    /// <summary>Answers the question.</summary>
    /// <exception cref="BadInputException">There is no such network, layer or channel, or there are no images.</exception>
    public static ChannelCard Of(Workbench bench, ChannelQuestion question)
    {
        using var inference = no_grad();
        var network = bench.Find(question.Model);
        var layer = ChannelInspection.LayerOf(network, question.Layer);
        var (kept, set) = network.Kept(layer, () => ChannelInspection.Activations(bench, network, layer, bench.RequireImages()));
        Require.That(
            question.Channel >= 0 && question.Channel < kept.shape[1], $"{layer} has {kept.shape[1]} channels; there is no {question.Channel}.");
        var pixels = bench.Read(bench.ImageOf(question.Image, question.Picture));
        var here = Maxima(network.Network.Head(pixels, layer), question.Channel)[0];
        var values = Maxima(kept, question.Channel);
        var (low, high) = (Math.Min(here, values.Min()), Math.Max(here, values.Max()));
        return new(
            layer, question.Channel, here, values.Max(), [.. TopImages.Of(values, Shown).Select(at => Strong(bench, set, at, values[at]))],
            Counted(values, low, high), low, high, set.Count, Told(bench, set, values));
    }

    private static TopImage Strong(Workbench bench, ImageSet set, int at, double value) =>
        new(Picture.Of(set, at).DataUri, bench.ClassName(bench.Networks[0].Network, set.Labels[at]), value);

    /// <summary>The largest value of a channel in each image.</summary>
    private static double[] Maxima(Tensor activations, int channel)
    {
        var values = activations.select(1, channel);
        return [.. (values.dim() == 1 ? values : values.flatten(1).amax([1])).cpu().to_type(float64).data<double>()];
    }

    private static int[] Counted(double[] values, double low, double high)
    {
        var counts = new int[Bins];
        foreach (var value in values) counts[Math.Min(Bins - 1, (int)(Bins * (value - low) / Math.Max(1e-12, high - low)))]++;
        return counts;
    }

    /// <summary>The information on the class and, where images have colours, on the colour given the class.</summary>
    private static IReadOnlyList<ToldAttribute> Told(Workbench bench, ImageSet set, double[] values)
    {
        if (set.Labels.Distinct().Count() < 2) return [];
        var colored = set.Colors.Length > 0 && set.Colors.Distinct().Count() > 1;
        var table = new ActivationTable("channel", [values], set.Labels, colored ? set.Colors : new long[set.Count]);
        var found = new MutualInformationTest(table, new QuantileBins(), bench.Run, 1).Run(Permutations, bench.Run)[0];
        ToldAttribute One(string name, Information information) => new(name, Math.Max(0, information.Share), information.PValue);
        return colored
            ?
            [
                One("class", found.Digit), One("class, given the colour", found.DigitGivenColor),
                One("colour, given the class", found.ColorGivenDigit),
            ]
            : [One("class", found.Digit)];
    }
}

/// <summary>An image that activates a channel.</summary>
internal sealed record TopImage(string Picture, string Class, double Value);

/// <summary>What a channel tells of an attribute.</summary>
/// <param name="Name">The attribute.</param>
/// <param name="Share">The mutual information, corrected for its bias, as a share of the attribute's entropy.</param>
/// <param name="PValue">Of a permutation test.</param>
internal sealed record ToldAttribute(string Name, double Share, double PValue);
