using System.Diagnostics;
using System.Runtime.CompilerServices;
using Pentimento.Cues;
using Pentimento.Evaluation;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>The predictions as another image's cue is blended into an image, or as its hue is varied: first at the dose that is looked at,
/// then along all others, coarser steps before finer ones.</summary>
internal static class CueFrames
{
    private const int Doses = 21;
    private const int Hues = 37;

    // What is looked at is there after two passes; the rest comes in parts of about this time each.
    private const double PartSeconds = 0.3;
    private static readonly int[] Strides = [12, 4, 2, 1];

    /// <summary>Answers the question, frame by frame; the last frame has all doses.</summary>
    /// <param name="bench">The bench.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancel">Whoever asked has gone.</param>
    /// <exception cref="BadInputException">An image or the cue cannot be used.</exception>
    public static async IAsyncEnumerable<CueFrame> Stream(
        Workbench bench, CueQuestion question, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (doses, images) = await bench.InTurn(() => Images(bench, question));
        using var held = images;
        var known = new SortedDictionary<int, float[][]>();
        var waiting = new Queue<int>(Order(doses.Length, question.Dose ?? doses.Length - 1));
        for (var size = 2; waiting.Count > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            int[] places = [.. Enumerable.Range(0, Math.Min(size, waiting.Count)).Select(_ => waiting.Dequeue())];
            var begun = Stopwatch.GetTimestamp();
            var pictures = await bench.InTurn(() => Answer(bench, images, places, known));
            // Whether the machine has other work shows in how long the last part took.
            size = Math.Max(1, (int)Math.Min(doses.Length, places.Length * PartSeconds / Stopwatch.GetElapsedTime(begun).TotalSeconds));
            yield return new(
                doses, [.. known.Keys], pictures.ToDictionary(one => one.Place, one => one.Picture.DataUri),
                [.. bench.Networks.Select((network, at) => Curve(bench, network, [.. known.Values.Select(rows => rows[at])]))],
                EquivalentCode.Audit(bench, question));
        }
    }

    /// <summary>All doses in the order in which they are computed: the image as it is and the one that is looked at, then ever finer steps.</summary>
    internal static IEnumerable<int> Order(int count, int asked)
    {
        var steps = Strides.SelectMany(stride => Enumerable.Range(0, count).Where(at => at % stride == 0));
        return new[] { Math.Clamp(asked, 0, count - 1), 0 }.Concat(steps).Distinct();
    }

    private static (double[] Doses, Tensor Images) Images(Workbench bench, CueQuestion question)
    {
        using var inference = no_grad();
        var image = bench.ImageOf(question.Image, question.Picture);
        var (doses, images) = question.Cue == "hue" ? ByHue(bench, image) : ByDose(bench, image, question);
        return (doses, images.DetachFromDisposeScope());
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

    /// <summary>Adds what all networks answer at some doses; the image at each of them.</summary>
    private static List<(int Place, Reports.Pictures.Picture Picture)> Answer(
        Workbench bench, Tensor images, int[] places, SortedDictionary<int, float[][]> known)
    {
        using var inference = no_grad();
        var chosen = images.index_select(0, tensor(places.Select(at => (long)at).ToArray(), device: images.device));
        var shares = bench.Networks.Select(network => Shares(network, chosen)).ToList();
        foreach (var (row, place) in places.Index()) known[place] = [.. shares.Select(rows => rows[row])];
        return [.. places.Select((place, row) => (place, bench.Shown(chosen.slice(0, row, row + 1, 1))))];
    }

    private static List<float[]> Shares(LabNetwork network, Tensor images)
    {
        var shares = FiniteLogits.Of(network.Network.call(images), "the image").softmax(1).cpu();
        return [.. shares.data<float>().ToArray().Chunk((int)shares.shape[1])];
    }

    private static CueCurve Curve(Workbench bench, LabNetwork network, IReadOnlyList<float[]> rows)
    {
        var predicted = rows.Select(row => row.IndexOf(row.Max())).ToList();
        var named = predicted.Distinct().Order().ToList();
        return new(
            network.Name,
            [.. named.Select(label => bench.ClassName(network.Network, label))],
            [.. rows.Select(row => (IReadOnlyList<double>)[.. named.Select(label => (double)row[label])])],
            [.. predicted.Select(label => bench.ClassName(network.Network, label))]);
    }
}
