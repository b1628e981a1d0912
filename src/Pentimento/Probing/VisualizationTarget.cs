using Pentimento.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Probing;

/// <summary>Which channels pictures are wanted of; all are climbed at once, in one batch.</summary>
/// <param name="Layer">Any cut: before or after ReLU, or the last, whose channels are the logits of classes.</param>
/// <param name="Channels">The channels.</param>
/// <param name="Reduction">What of a channel's map is to grow.</param>
/// <param name="Copies">How many pictures of each channel are wanted.</param>
public sealed record VisualizationTarget(string Layer, IReadOnlyList<int> Channels, MapReduction Reduction = MapReduction.Mean, int Copies = 1)
{
    /// <summary>How many pictures that makes: the copies of a channel stand together.</summary>
    public int Count => Channels.Count * Copies;

    /// <summary>How many channels a layer has.</summary>
    /// <exception cref="BadInputException">There is no such layer.</exception>
    public static int ChannelsOf(Classifier network, string layer)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var weights = network.parameters().First();
        return (int)network.Head(zeros(1, network.Shape.Channels, network.Shape.Height, network.Shape.Width, device: weights.device), layer).shape[1];
    }

    /// <summary>Something random for each picture, (B, ...), that does not depend on which other pictures are drawn.</summary>
    /// <param name="draw">Draws for one picture.</param>
    /// <param name="seed">Where each channel's and copy's own stream comes from.</param>
    /// <param name="device">Where tensors live.</param>
    internal Tensor Random(Func<Generator, Tensor> draw, Seed seed, torch.Device device)
    {
        using var scope = NewDisposeScope();
        var drawn = Channels.SelectMany(channel => Enumerable.Range(0, Copies).Select(copy => seed.For(channel).For(copy))).Select(own =>
        {
            using var dice = own.On(device);
            return draw(dice);
        });
        return stack(drawn.ToList()).MoveToOuterDisposeScope();
    }

    /// <summary>The activation (B) of each picture's own channel.</summary>
    /// <param name="activations">The layer's answer to the pictures, (B, C, H, W) or (B, C).</param>
    public Tensor Own(Tensor activations)
    {
        using var scope = NewDisposeScope();
        var own = tensor(Channels.SelectMany(channel => Enumerable.Repeat((long)channel, Copies)).ToArray()).to(activations.device);
        return Reduction.Reduce(activations).gather(1, own.unsqueeze(1)).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>The activation (B) of pictures (B, C, H, W).</summary>
    public Tensor Of(Classifier network, Tensor pictures)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return Own(network.Head(pictures, Layer)).MoveToOuterDisposeScope();
    }
}
