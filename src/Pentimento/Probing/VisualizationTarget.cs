using Pentimento.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>The target of a feature visualization: channels of a layer, all maximized in one batch.</summary>
/// <param name="Layer">Any cut: before or after ReLU, or the last, whose channels are the logits of classes.</param>
/// <param name="Channels">The channels.</param>
/// <param name="Reduction">The reduction of a channel's map to the activation that is maximized.</param>
/// <param name="Copies">Number of pictures of each channel.</param>
internal sealed record VisualizationTarget(string Layer, IReadOnlyList<int> Channels, MapReduction Reduction = MapReduction.Mean, int Copies = 1)
{
    /// <summary>Number of pictures; the copies of a channel stand together.</summary>
    public int Count => Channels.Count * Copies;

    /// <summary>Number of channels of a layer.</summary>
    /// <exception cref="BadInputException">There is no such layer.</exception>
    public static int ChannelsOf(Classifier network, string layer)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var weights = network.parameters().First();
        return (int)network.Head(zeros(1, network.Shape.Channels, network.Shape.Height, network.Shape.Width, device: weights.device), layer).shape[1];
    }

    /// <summary>A random tensor for each picture, (B, ...), that does not depend on which other pictures are drawn.</summary>
    /// <param name="draw">Draws for one picture.</param>
    /// <param name="seed">The seed of each channel's and copy's own stream.</param>
    /// <param name="device">The device of the tensors.</param>
    internal Tensor Random(Func<Generator, Tensor> draw, Seed seed, torch.Device device)
    {
        using var scope = NewDisposeScope();
        var drawn = Channels.SelectMany(channel => Enumerable.Range(0, Copies).Select(copy => seed.For(channel).For(copy))).Select(own =>
        {
            using var random = own.On(device);
            return draw(random);
        });
        return stack(drawn.ToList()).MoveToOuterDisposeScope();
    }

    /// <summary>The activation (B) of each picture's own channel.</summary>
    /// <param name="activations">The layer's activations for the pictures, (B, C, H, W) or (B, C).</param>
    public Tensor Own(Tensor activations)
    {
        using var scope = NewDisposeScope();
        var own = tensor(Channels.SelectMany(channel => Enumerable.Repeat((long)channel, Copies)).ToArray()).to(activations.device);
        return Reduction.Reduce(activations).gather(1, own.unsqueeze(1)).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>The activation (B) of pictures (B, C, H, W), in batches that follow one another.</summary>
    public Tensor Of(Classifier network, params IEnumerable<Tensor> batches)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var reduced = batches.Select(pictures =>
        {
            using var inner = NewDisposeScope();
            return Reduction.Reduce(network.Head(pictures, Layer)).MoveToOuterDisposeScope();
        });
        return Own(cat(reduced.ToList())).MoveToOuterDisposeScope();
    }
}
