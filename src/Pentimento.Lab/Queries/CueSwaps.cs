using Pentimento.Cues;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>The predictions as another image's cue is blended into an image, or as its hue is varied.</summary>
internal static class CueSwaps
{
    private const int Doses = 21;
    private const int Hues = 37;

    /// <summary>Answers the question.</summary>
    /// <exception cref="BadInputException">An image or the cue cannot be used.</exception>
    public static CueAnswer Answer(Workbench bench, CueQuestion question)
    {
        using var inference = no_grad();
        var image = bench.ImageOf(question.Image, question.Picture);
        var (doses, images) = question.Cue == "hue" ? ByHue(bench, image) : ByDose(bench, image, question);
        var pictures = Enumerable.Range(0, doses.Length).Select(at => bench.Shown(images.slice(0, at, at + 1, 1)).DataUri);
        return new(doses, [.. pictures], [.. bench.Networks.Select(network => Curve(bench, network, images))], EquivalentCode.Audit(bench, question));
    }

    private static (double[] Doses, Tensor Images) ByHue(Workbench bench, Tensor image)
    {
        Require.That(bench.Shape.Channels == 3, $"Grey images have no hue.");
        double[] hues = [.. Enumerable.Range(0, Hues).Select(step => step * 10.0)];
        var ground = ColorReplacement.HasColoredGround(image);
        return (hues, ColorReplacement.Recolored(image, [.. hues.Select(HueSweep.Saturated)], ground)[0].to(bench.Run.Device.ToTorch()));
    }

    private static (double[] Doses, Tensor Images) ByDose(Workbench bench, Tensor image, CueQuestion question)
    {
        var pixels = bench.Read(image);
        Require.That(question.Donor is not null, $"A cue comes from another image; name one as the donor.");
        var cue = Catalog.Read<Cue>(question.Cue);
        var swapped = cue.Swap(pixels, bench.Read(bench.ImageOf(question.Donor, null)));
        double[] doses = [.. Enumerable.Range(0, Doses).Select(step => step / (Doses - 1.0))];
        return (doses, cat([.. doses.Select(dose => (pixels * (1 - dose)) + (swapped * dose))]));
    }

    private static CueCurve Curve(Workbench bench, LabNetwork network, Tensor images)
    {
        var shares = FiniteLogits.Of(network.Network.call(images), "the image").softmax(1).cpu();
        var predicted = shares.argmax(1).data<long>().ToArray();
        var named = predicted.Distinct().Order().ToList();
        var values = shares.data<float>().ToArray().Chunk((int)shares.shape[1]).ToList();
        return new(
            network.Name,
            [.. named.Select(label => bench.ClassName(network.Network, label))],
            [.. values.Select(row => (IReadOnlyList<double>)[.. named.Select(label => (double)row[label])])],
            [.. predicted.Select(label => bench.ClassName(network.Network, label))]);
    }
}
