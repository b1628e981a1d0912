using Pentimento.Data;
using Pentimento.Evaluation;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>What a network loses when channels of a layer are silenced.</summary>
public static class ChannelAblation
{
    private const int Batch = 250;

    /// <summary>The accuracy with each group of channels silenced, in the groups' order; an empty group leaves the network as it is.</summary>
    /// <param name="network">In evaluation mode; its weights are not touched.</param>
    /// <param name="set">The images.</param>
    /// <param name="layer">The cut whose channels are silenced.</param>
    /// <param name="groups">Channels that are silenced together.</param>
    /// <param name="silence">(C), what a silenced channel answers everywhere: 0, or its mean.</param>
    /// <param name="run">Hears about progress.</param>
    /// <exception cref="BadInputException">The images do not fit the network, or there is no such layer.</exception>
    public static IReadOnlyList<Share> Accuracy(
        Classifier network, ImageSet set, string layer, IReadOnlyList<IReadOnlyList<int>> groups, double[] silence, RunContext run)
    {
        Require.That(set.Shape == network.Shape, $"The network reads images of {network.Shape}, {set.Name} has {set.Shape}.");
        using var scope = NewDisposeScope();
        using var still = inference_mode();
        var device = run.Device.ToTorch();
        var (images, labels, right) = (set.Tensor(), set.LabelTensor(), new long[groups.Count]);
        var values = tensor(silence, float32).to(device);
        var masks = groups.Select(group => Mask(group, silence.Length).to(device)).ToArray();
        var size = BatchSize.Of(network, Batch, run);
        for (var start = 0; start < set.Count; start += size)
        {
            using var inner = NewDisposeScope();
            var activations = network.Head(Pixels.Slice(images, start, size).to(device), layer);
            var truth = labels.slice(0, start, Math.Min(start + size, set.Count), 1).to(device);
            long[] perChannel = activations.dim() == 4 ? [1, -1, 1, 1] : [1, -1];
            for (var group = 0; group < masks.Length; group++)
            {
                using var edit = NewDisposeScope();
                var edited = where(masks[group].view(perChannel), values.view(perChannel), activations);
                right[group] += network.Tail(edited, layer).argmax(1).eq(truth).sum().item<long>();
            }

            run.Report(new($"silence {layer} on {set.Name}", Math.Min(start + size, set.Count), set.Count));
        }

        return [.. right.Select(hits => new Share(hits, set.Count))];
    }

    private static Tensor Mask(IReadOnlyList<int> group, int channels)
    {
        var chosen = new bool[channels];
        foreach (var channel in group) chosen[channel] = true;
        return tensor(chosen);
    }
}
