using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Ablation of channels: the accuracy of a network when channels of a layer are replaced by constants.</summary>
internal static class ChannelAblation
{
    private const int Batch = 250;

    /// <summary>The accuracy with each group of channels ablated, in the groups' order; an empty group leaves the network as it is.</summary>
    /// <param name="network">In evaluation mode; its weights are not touched.</param>
    /// <param name="set">The images.</param>
    /// <param name="layer">The cut whose channels are ablated.</param>
    /// <param name="groups">Channels that are ablated together.</param>
    /// <param name="ablationValues">(C), the activation of each channel where it is ablated: 0, or its mean.</param>
    /// <param name="run">Reports progress and can be cancelled.</param>
    /// <exception cref="BadInputException">The images do not fit the network, or there is no such layer.</exception>
    public static IReadOnlyList<Share> Accuracy(
        Classifier network, ImageSet set, string layer, IReadOnlyList<IReadOnlyList<int>> groups, double[] ablationValues, RunContext run)
    {
        Require.That(set.Shape == network.Shape, $"The network reads images of {network.Shape}, {set.Name} has {set.Shape}.");
        using var scope = NewDisposeScope();
        using var inferenceMode = inference_mode();
        var device = run.Device.ToTorch();
        var (labels, correct) = (set.LabelTensor(), new long[groups.Count]);
        var values = tensor(ablationValues, float32).to(device);
        var places = groups.Select(group => tensor(group.Select(channel => (long)channel).ToArray(), int64).to(device)).ToArray();
        var size = BatchSize.Of(network, Batch, run);
        for (var start = 0; start < set.Count; start += size)
        {
            using var inner = NewDisposeScope();
            var activations = network.Head(Pixels.Slice(set, start, size).to(device), layer);
            var truth = labels.slice(0, start, Math.Min(start + size, set.Count), 1).to(device);
            long[] perChannel = activations.dim() == 4 ? [1, -1, 1, 1] : [1, -1];
            // Only the group's channels are written and restored: a copy of all of them for each group would cost more than what follows.
            var edited = activations.clone();
            for (var group = 0; group < places.Length; group++)
            {
                using var edit = NewDisposeScope();
                var before = activations.index_select(1, places[group]);
                edited.index_copy_(1, places[group], values.index_select(0, places[group]).view(perChannel).expand_as(before));
                correct[group] += FiniteLogits.Of(network.Tail(edited, layer), set.Name).argmax(1).eq(truth).sum().item<long>();
                edited.index_copy_(1, places[group], before);
            }

            run.Report(new($"ablate {layer} on {set.Name}", Math.Min(start + size, set.Count), set.Count));
        }

        return [.. correct.Select(hits => new Share(hits, set.Count))];
    }
}
