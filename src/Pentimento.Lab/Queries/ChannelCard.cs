using Pentimento.Data;
using Pentimento.Probing;
using Pentimento.Reports.Pictures;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>One channel: the images that activate it most, how its values are spread, and what it tells of class and attribute.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Unit">What it is called: a channel, or a feature.</param>
/// <param name="Channel">Its number.</param>
/// <param name="Here">Its largest value in the image at hand.</param>
/// <param name="Map">Where in the image at hand it has which value, as a picture's address; null where the layer has no maps.</param>
/// <param name="Largest">Its largest value in all of them.</param>
/// <param name="Top">The images that activate it most.</param>
/// <param name="Histogram">How many images have their largest value in each twentieth of the range.</param>
/// <param name="Low">Where the range begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Active">In how many images it is not zero.</param>
/// <param name="Count">How many images were read.</param>
/// <param name="Information">What it tells of class and attribute.</param>
internal sealed record ChannelCard(
    string Layer, string Unit, int Channel, double Here, string? Map, double Largest, IReadOnlyList<TopImage> Top, IReadOnlyList<int> Histogram,
    double Low, double High, int Active, int Count, IReadOnlyList<AttributeInformation> Information)
{
    private const int Shown = 8;
    private const int Bins = 20;

    /// <summary>Answers the question.</summary>
    /// <exception cref="BadInputException">There is no such network, layer or channel, or there are no images.</exception>
    public static ChannelCard Of(Workbench bench, ChannelQuestion question)
    {
        using var inference = no_grad();
        var network = bench.Find(question.Model);
        var basis = bench.BasisOf(network, question.Layer);
        var kept = network.Kept(basis, () => KeptLayer.Of(bench, network, basis));
        Require.That(
            question.Channel >= 0 && question.Channel < kept.Maxima.Count,
            $"{basis.Name} has {kept.Maxima.Count} {basis.Unit}s; there is no {question.Channel}.");
        var pixels = bench.Read(bench.ImageOf(question.Image, question.Picture));
        var map = basis.Of(network.Network.Head(pixels, basis.Cut))[0][question.Channel].cpu();
        var (here, values) = (map.max().item<float>(), kept.Maxima[question.Channel]);
        var (low, high) = (Math.Min(here, values.Min()), Math.Max(here, values.Max()));
        return new(
            basis.Name, basis.Unit, question.Channel, here,
            map.dim() == 2 ? ChannelInspection.Painted(map, Math.Max(1e-12, map.abs().max().item<float>())).DataUri : null, values.Max(),
            [.. TopImages.Of(values, Shown).Where(at => values[at] != 0).Select(at => Strong(bench, kept.Images, at, values[at]))],
            Counted(values, low, high), low, high, values.Count(value => value != 0), values.Length,
            AttributeInformation.Of(kept.Images, values, bench.Run));
    }

    private static TopImage Strong(Workbench bench, ImageSet set, int at, double value) =>
        new(Picture.Of(set, at).DataUri, bench.ClassName(bench.Networks[0].Network, set.Labels[at]), value);

    private static int[] Counted(double[] values, double low, double high)
    {
        var counts = new int[Bins];
        foreach (var value in values) counts[Math.Min(Bins - 1, (int)(Bins * (value - low) / Math.Max(1e-12, high - low)))]++;
        return counts;
    }
}

/// <summary>An image that activates a channel.</summary>
internal sealed record TopImage(string Picture, string Class, double Value);
