using Pentimento.Reports.Pictures;
using static TorchSharp.torch;

namespace Pentimento.Lab.Queries;

/// <summary>The channels of a layer on one image, and the network without some of them.</summary>
internal static class ChannelInspection
{
    private const int MostShown = 256;

    /// <summary>Answers the question.</summary>
    /// <exception cref="BadInputException">There is no such network, layer or channel.</exception>
    public static InsideAnswer Answer(Workbench bench, InsideQuestion question)
    {
        using var inference = no_grad();
        var network = bench.Find(question.Model);
        var basis = bench.BasisOf(network, question.Layer);
        var pixels = bench.Read(bench.ImageOf(question.Image, question.Picture));
        var activations = network.Network.Head(pixels, basis.Cut);
        var edit = Edit.Of(question, basis, activations);
        var kept = bench.Images is null || (question.Order == ChannelOrder.Number && !network.Network.Graph.Separating.Contains(basis.Cut))
            ? null : network.Kept(basis, () => KeptLayer.Of(bench, network, basis));
        var (before, after, counted) = Accuracies(network, kept, edit);
        var values = basis.Of(activations)[0].cpu();
        var (order, shares) = Ordered(values, question, kept);
        var heard = kept?.Basis is FeatureBasis ? Heard(order, values, question, kept) : order;
        return new(
            basis.Name,
            basis.Unit,
            Maps(values, heard.Take(MostShown), shares),
            Math.Max(0, heard.Length - MostShown),
            order.Length - heard.Length,
            NetworkAnswers.OfLogits(bench, network, network.Network.Tail(activations, basis.Cut, pixels)),
            NetworkAnswers.OfLogits(bench, network, network.Network.Tail(edit.On(activations), basis.Cut, pixels)),
            before, after, counted, kept?.Explained, (basis as FeatureBasis)?.Caution(network),
            EquivalentCode.Edit(bench, network, basis, question));
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

    /// <summary>The channels in the order that is asked for, what is changed before all others; with what each tells, where that orders
    /// them.</summary>
    private static (int[] Order, IReadOnlyList<double>? Shares) Ordered(Tensor values, InsideQuestion question, KeptLayer? kept)
    {
        var shares = question.Order switch
        {
            ChannelOrder.Class => kept?.OfClass,
            ChannelOrder.Attribute => kept?.OfAttribute,
            _ => null,
        };
        var all = Enumerable.Range(0, (int)values.shape[0]);
        var here = question.Order == ChannelOrder.Here ? Peaks(values) : null;
        if (here is not null) all = all.OrderByDescending(at => here[at]);
        if (shares is { Count: > 0 }) all = all.OrderByDescending(at => shares[at]);
        int[] order = [.. all];
        // Whatever is changed must be seen, to be changed back.
        return (order.Length > MostShown ? [.. order.OrderBy(at => Changed(question).Contains(at) ? 0 : 1)] : order,
            shares is { Count: > 0 } ? shares : null);
    }

    /// <summary>The features that are active in any of the images or in the one at hand; of many features most may be active in none.</summary>
    private static int[] Heard(int[] order, Tensor values, InsideQuestion question, KeptLayer kept)
    {
        var (here, changed) = (Peaks(values), Changed(question).ToHashSet());
        return [.. order.Where(at => here[at] != 0 || changed.Contains(at) || kept.Maxima[at].Any(value => value != 0))];
    }

    private static float[] Peaks(Tensor values) => (values.dim() == 1 ? values : values.flatten(1).amax([1])).contiguous().data<float>().ToArray();

    private static IEnumerable<int> Changed(InsideQuestion question) => question.Ablated.Concat(question.Steered.Select(one => one.Channel));

    private static IReadOnlyList<ChannelMap> Maps(Tensor values, IEnumerable<int> order, IReadOnlyList<double>? shares)
    {
        var full = Math.Max(1e-12, values.abs().max().item<float>());
        return [.. order.Select(at => new ChannelMap(at, Painted(values[at], full).DataUri, values[at].mean().item<float>(), shares?[at]))];
    }

    /// <summary>A channel's values as a picture.</summary>
    /// <param name="values">float32 (H, W), (T) or one.</param>
    /// <param name="full">The value that is brightest.</param>
    public static Picture Painted(Tensor values, double full)
    {
        var shares = (values.abs() / full).reshape(values.dim() == 2 ? values.shape : [1, values.numel()]);
        var (height, width, numbers) = ((int)shares.shape[0], (int)shares.shape[1], shares.contiguous().data<float>().ToArray());
        return new Picture(width, height, new byte[width * height * 3]).With(at =>
        {
            var color = EvidenceColors.ColorOf(numbers[at / 3]);
            return (at % 3) switch { 0 => color.R, 1 => color.G, _ => color.B };
        });
    }

    /// <summary>The accuracy on some of the images as they are, and with the edit; their activations are computed once.</summary>
    private static (double? Before, double? After, int Counted) Accuracies(LabNetwork network, KeptLayer? kept, Edit edit)
    {
        if (kept is null || !network.Network.Graph.Separating.Contains(kept.Basis.Cut)) return (null, null, 0);
        return (kept.Accuracy(network.Network), kept.Accuracy(network.Network, edit.Keep, edit.Added), kept.Images.Count);
    }

    /// <summary>What is done to a layer's channels.</summary>
    /// <param name="Basis">What the layer is looked at as.</param>
    /// <param name="Keep">float32 (U), 0 for ablated channels, else 1.</param>
    /// <param name="Added">float32 (U), what is added.</param>
    private sealed record Edit(ChannelBasis Basis, Tensor Keep, Tensor Added)
    {
        public static Edit Of(InsideQuestion question, ChannelBasis basis, Tensor activations)
        {
            var channels = basis.Count(activations);
            var named = Changed(question).ToList();
            var wrong = named.FirstOrDefault(channel => channel < 0 || channel >= channels, -1);
            Require.That(
                named.All(channel => channel >= 0 && channel < channels), $"{basis.Name} has {channels} {basis.Unit}s; there is no {wrong}.");
            Require.That(question.Steered.All(one => double.IsFinite(one.Added)), $"What is added to a {basis.Unit} must be a number.");
            var (keep, added) = (ones(channels, device: activations.device), zeros(channels, device: activations.device));
            foreach (var channel in question.Ablated) keep[channel] = 0;
            foreach (var (channel, amount) in question.Steered) added[channel] = (float)amount;
            return new(basis, keep, added);
        }

        public Tensor On(Tensor activations) => Basis.Edited(activations, Keep, Added);
    }
}
