using Pentimento.Reports.Pictures;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>The channels of a layer on one image, and the network without some of them.</summary>
internal static class ChannelInspection
{
    private const int MostShown = 256;
    private const int MostCounted = 1000;

    // So many values of activations are kept, at most: a quarter of a gigabyte.
    private const long MostKept = 1L << 26;

    /// <summary>Answers the question.</summary>
    /// <exception cref="BadInputException">There is no such network, layer or channel.</exception>
    public static InsideAnswer Answer(Workbench bench, InsideQuestion question)
    {
        using var inference = no_grad();
        var network = bench.Find(question.Model);
        var layer = string.IsNullOrEmpty(question.Layer) ? network.Network.Maps.LastOrDefault() ?? network.Network.Cuts.First() : question.Layer;
        Require.That(network.Network.Cuts.Contains(layer),
            $"{network.Name} cannot be cut at '{layer}'; {Names.Suggest(layer, network.Network.Cuts)}");
        var pixels = bench.Read(bench.ImageOf(question.Image, question.Picture));
        var activations = network.Network.Head(pixels, layer);
        var channels = activations.shape[1];
        var wrong = question.Ablated.FirstOrDefault(channel => channel < 0 || channel >= channels, -1);
        Require.That(question.Ablated.All(channel => channel >= 0 && channel < channels), $"{layer} has {channels} channels; there is no {wrong}.");
        var mask = ones(channels, device: activations.device);
        foreach (var channel in question.Ablated) mask[channel] = 0;
        var (before, after, counted) = Accuracies(bench, network, layer, mask);
        return new(
            layer,
            Maps(activations[0].cpu()),
            (int)Math.Max(0, channels - MostShown),
            NetworkAnswers.Of(bench, network, network.Network.Tail(activations, layer, pixels), true),
            NetworkAnswers.Of(bench, network, network.Network.Tail(Masked(activations, mask), layer, pixels), true),
            before, after, counted, EquivalentCode.Edit(bench, network, layer, question));
    }

    private static Tensor Masked(Tensor activations, Tensor mask) =>
        activations * mask.view([1, -1, .. Enumerable.Repeat(1L, activations.shape.Length - 2)]);

    private static IReadOnlyList<ChannelMap> Maps(Tensor activations)
    {
        var count = (int)Math.Min(MostShown, activations.shape[0]);
        var isMap = activations.shape.Length == 3;
        var full = Math.Max(1e-12, activations.abs().max().item<float>());
        return [.. Enumerable.Range(0, count).Select(at =>
        {
            var values = activations[at];
            var shares = (values.abs() / full).reshape(isMap ? [values.shape[0], values.shape[1]] : [1, 1]);
            return new ChannelMap(at, Painted(shares).DataUri, values.mean().item<float>());
        })];
    }

    private static Picture Painted(Tensor shares)
    {
        var (height, width, values) = ((int)shares.shape[0], (int)shares.shape[1], shares.contiguous().data<float>().ToArray());
        return new Picture(width, height, new byte[width * height * 3]).With(at =>
        {
            var color = EvidenceColors.ColorOf(values[at / 3]);
            return (at % 3) switch { 0 => color.R, 1 => color.G, _ => color.B };
        });
    }

    /// <summary>The accuracy on some of the images as they are, and without the channels; their activations are computed once.</summary>
    private static (double? Before, double? After, int Counted) Accuracies(Workbench bench, LabNetwork network, string layer, Tensor mask)
    {
        if (bench.Images is not { } set || !network.Network.Graph.Separating.Contains(layer)) return (null, null, 0);
        var (activations, labels) = network.Kept(layer, () => Activations(bench, network, layer, set));
        var truth = tensor(labels);
        var before = Share(network.Network.Tail(activations, layer), truth);
        return (before, Share(network.Network.Tail(Masked(activations, mask), layer), truth), labels.Length);
    }

    private static (Tensor, long[]) Activations(Workbench bench, LabNetwork network, string layer, Data.ImageSet set)
    {
        var size = network.Network.Describe().First(cut => cut.Name == layer).Shape.Aggregate(1L, (product, side) => product * side);
        // A large picture takes its time in the network: a thousand of 28x28 are as many values as sixteen of 224x224.
        var affordable = (int)Math.Clamp(MostCounted * 28L * 28 * 16 / (set.Shape.Height * (long)set.Shape.Width), 50, MostCounted);
        var chosen = set.Take((int)Math.Min(affordable, Math.Max(1, MostKept / size)));
        var parts = new List<Tensor>();
        for (var start = 0; start < chosen.Count; start += 100)
        {
            using var inner = NewDisposeScope();
            var batch = Data.Pixels.Slice(chosen, start, 100).to(bench.Run.Device.ToTorch());
            parts.Add(network.Network.Head(batch, layer).MoveToOuterDisposeScope());
        }

        return (cat(parts).DetachFromDisposeScope(), chosen.Labels);
    }

    private static double Share(Tensor logits, Tensor labels) => logits.argmax(1).cpu().eq(labels).to_type(float32).mean().item<float>();
}
