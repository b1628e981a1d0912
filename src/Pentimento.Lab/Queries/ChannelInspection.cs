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
        var layer = LayerOf(network, question.Layer);
        var pixels = bench.Read(bench.ImageOf(question.Image, question.Picture));
        var activations = network.Network.Head(pixels, layer);
        var edit = Edit.Of(question, layer, activations);
        var (before, after, counted) = Accuracies(bench, network, layer, edit);
        return new(
            layer,
            Maps(activations[0].cpu()),
            (int)Math.Max(0, activations.shape[1] - MostShown),
            NetworkAnswers.OfLogits(bench, network, network.Network.Tail(activations, layer, pixels)),
            NetworkAnswers.OfLogits(bench, network, network.Network.Tail(edit.On(activations), layer, pixels)),
            before, after, counted, EquivalentCode.Edit(bench, network, layer, question));
    }

    /// <summary>The layer that a question names, or the last one with maps.</summary>
    /// <exception cref="BadInputException">There is no such layer.</exception>
    public static string LayerOf(LabNetwork network, string? asked)
    {
        var cuts = network.Network.Cuts;
        var layer = string.IsNullOrEmpty(asked) ? network.Network.Maps.LastOrDefault() ?? cuts.First() : asked;
        Require.That(cuts.Contains(layer), $"{network.Name} cannot be cut at '{layer}'; {Names.Suggest(layer, cuts)}");
        return layer;
    }

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
    private static (double? Before, double? After, int Counted) Accuracies(Workbench bench, LabNetwork network, string layer, Edit edit)
    {
        if (bench.Images is not { } set || !network.Network.Graph.Separating.Contains(layer)) return (null, null, 0);
        var (activations, chosen) = network.Kept(layer, () => Activations(bench, network, layer, set));
        var truth = tensor(chosen.Labels);
        var before = Share(network.Network.Tail(activations, layer), truth);
        return (before, Share(network.Network.Tail(edit.On(activations), layer), truth), chosen.Count);
    }

    /// <summary>The activations of some images at a cut.</summary>
    public static (Tensor Activations, Data.ImageSet Images) Activations(Workbench bench, LabNetwork network, string layer, Data.ImageSet set)
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

        return (cat(parts).DetachFromDisposeScope(), chosen);
    }

    private static double Share(Tensor logits, Tensor labels) => logits.argmax(1).cpu().eq(labels).to_type(float32).mean().item<float>();

    /// <summary>What is done to a layer's channels.</summary>
    /// <param name="Keep">float32 (C), 0 for ablated channels, else 1.</param>
    /// <param name="Added">float32 (C), what is added.</param>
    private sealed record Edit(Tensor Keep, Tensor Added)
    {
        public static Edit Of(InsideQuestion question, string layer, Tensor activations)
        {
            var channels = activations.shape[1];
            var named = question.Ablated.Concat(question.Steered.Select(one => one.Channel)).ToList();
            var wrong = named.FirstOrDefault(channel => channel < 0 || channel >= channels, -1);
            Require.That(named.All(channel => channel >= 0 && channel < channels), $"{layer} has {channels} channels; there is no {wrong}.");
            Require.That(question.Steered.All(one => double.IsFinite(one.Added)), $"What is added to a channel must be a number.");
            var (keep, added) = (ones(channels, device: activations.device), zeros(channels, device: activations.device));
            foreach (var channel in question.Ablated) keep[channel] = 0;
            foreach (var (channel, amount) in question.Steered) added[channel] = (float)amount;
            return new(keep, added);
        }

        public Tensor On(Tensor activations)
        {
            long[] shape = [1, -1, .. Enumerable.Repeat(1L, activations.shape.Length - 2)];
            return (activations * Keep.view(shape)) + Added.view(shape);
        }
    }
}
