using Pentimento.Data;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>A network with what is done to images before it as its first nodes, so that whoever changes or explains images does so in
/// [0, 1].</summary>
/// <remarks>This software's way of keeping budgets and maps in the pixels that people see; the steps are those of the frameworks'
/// training scripts.</remarks>
internal sealed record Preprocessed : Architecture
{
    /// <summary>The network.</summary>
    public Architecture Network { get; init; } = new Cnn3();

    /// <summary>What is done to images, as text.</summary>
    public string Steps { get; init; } = "none";

    /// <summary>What a network does to images before it.</summary>
    public static string StepsOf(Architecture architecture) => Nested.Around<Preprocessed>(architecture)?.Steps ?? "none";

    /// <inheritdoc/>
    internal override string Title => Network.Title;

    /// <inheritdoc/>
    internal override Classifier Build(ImageShape shape, int classes, Seed seed)
    {
        var steps = Preprocess.Parse(Steps);
        if (steps.Size == 0 && steps.Resize == 0) return Of(Network.Build(shape, classes, seed), this, steps);
        // The network's own size is not that of the images.
        return Of(Network.Build(Network.OwnShape ?? shape, classes, seed), this, steps);
    }

    /// <inheritdoc/>
    internal override (ImageShape Shape, int Classes) Infer(IReadOnlyDictionary<string, long[]> shapes)
    {
        var (shape, classes) = Network.Infer(shapes);
        return (Entering(shape, Preprocess.Parse(Steps)), classes);
    }

    /// <inheritdoc/>
    internal override long LeastWeights(ImageShape shape, int classes) =>
        Network.LeastWeights(Network.OwnShape ?? shape, classes);

    /// <summary>The network behind its preprocessing. Both share their weights, so only the answer is to be disposed.</summary>
    public static Classifier Of(Classifier network, Preprocess steps)
    {
        var architecture = network.Architecture is Preprocessed before ? before.Network : network.Architecture;
        Require.That(network.Architecture is not Preprocessed { Steps: not "none" },
            $"The network {architecture.Title} has its preprocessing already.");
        return Of(network, new() { Network = architecture, Steps = steps.ToString() }, steps);
    }

    private static Classifier Of(Classifier network, Preprocessed architecture, Preprocess steps)
    {
        var own = network.Shape;
        Require.That(!steps.Bgr || own.Channels == 3, $"preprocess: bgr needs images of three channels; the network reads {own}.");
        var entering = Entering(own, steps);
        var changed = network.As(architecture);
        if (steps with { Size = 0, Resize = 0 } != Preprocess.None)
            changed = changed.With(architecture, own, Graph.Images, Step("normalized", x => Normalized(x, steps)));
        if (entering == own) return changed;
        var resize = steps.Resize > 0 ? steps.Resize : 0;
        return changed.With(architecture, entering, Graph.Images, Step("resized", x => Resized(x, own, resize)));
    }

    private static ImageShape Entering(ImageShape own, Preprocess steps)
    {
        var side = steps.Size > 0 ? steps.Size : steps.Resize;
        return side == 0 ? own : new(side, side, own.Channels);
    }

    private static Node Step(string name, Func<Tensor, Tensor> step) =>
        new(name, NodeRole.Passage, [Graph.Images], [name], (inputs, _) => [step(inputs[0]!)]) { Implied = true };

    private static Tensor Normalized(Tensor x, Preprocess steps)
    {
        var scaled = steps.Scale == 1 ? x : x * steps.Scale;
        if (steps.Bgr) scaled = scaled.flip(1);
        if (steps.Mean != default) scaled -= Channels(x, steps.Mean);
        return steps.Deviation is { } deviation ? scaled / Channels(x, deviation) : scaled;
    }

    private static Tensor Channels(Tensor x, (double First, double Second, double Third) numbers)
    {
        double[] all = [numbers.First, numbers.Second, numbers.Third];
        return tensor(all[..(int)x.shape[1]], dtype: x.dtype, device: x.device).view(1, -1, 1, 1);
    }

    /// <summary>Resized, and then the middle of it in the network's own size.</summary>
    private static Tensor Resized(Tensor x, ImageShape own, int resize)
    {
        long[] size = resize > 0 ? [Math.Max(resize, own.Height), Math.Max(resize, own.Width)] : [own.Height, own.Width];
        var resized = x.shape[2] == size[0] && x.shape[3] == size[1]
            ? x
            : nn.functional.interpolate(x, size, mode: InterpolationMode.Bilinear, align_corners: false);
        var (top, left) = ((size[0] - own.Height) / 2, (size[1] - own.Width) / 2);
        return resized.slice(2, top, top + own.Height, 1).slice(3, left, left + own.Width, 1);
    }
}
