using Pentimento.Data;
using Pentimento.Foundation.Configuration;
using TorchSharp;
using static TorchSharp.torch;
using Device = Pentimento.Foundation.Device;

namespace Pentimento.Networks;

/// <summary>
/// A network as a chain of named layers that can be cut anywhere: <see cref="Head"/> runs up to and including a layer,
/// <see cref="Tail"/> the rest, and the tail of the head equals the whole.
/// </summary>
public sealed class Classifier : nn.Module<Tensor, Tensor>
{
    // Two convolutions, two normalisations, two activations and a sum.
    private const int StepsOfABlock = 7;

    private readonly IReadOnlyList<Layer> layers;

    /// <summary>Chains layers into a network, in evaluation mode.</summary>
    /// <param name="architecture">The record that built it.</param>
    /// <param name="shape">The images it reads.</param>
    /// <param name="classes">How many logits it answers with.</param>
    /// <param name="layers">The chain, first to last; the last answers with logits.</param>
    public Classifier(Architecture architecture, ImageShape shape, int classes, IReadOnlyList<Layer> layers) : base(nameof(Classifier))
    {
        (Architecture, Shape, Classes, this.layers) = (architecture, shape, classes, layers);
        foreach (var layer in layers)
        {
            if (layer.Module is { } module) Register(this, layer.Name, module);
        }

        eval();
    }

    /// <summary>The record that built it.</summary>
    public Architecture Architecture { get; }

    /// <summary>The images it reads.</summary>
    public ImageShape Shape { get; }

    /// <summary>How many logits it answers with.</summary>
    public int Classes { get; }

    /// <summary>What its classes are called, by number; empty where nobody said.</summary>
    public IReadOnlyList<string> ClassNames { get; set; } = [];

    /// <summary>The places where it can be cut, first to last.</summary>
    public IEnumerable<string> Cuts => layers.Select(layer => layer.Name);

    /// <summary>The cuts whose activations are maps (N, C, H, W).</summary>
    public IEnumerable<string> Maps => layers.Where(layer => layer.Maps).Select(layer => layer.Name);

    /// <summary>The cuts whose activations are a ReLU's.</summary>
    public IEnumerable<string> Rectified => layers.Where(layer => layer.Rectified).Select(layer => layer.Name);

    /// <summary>The last layer whose activations are maps after ReLU (or tanh, or a block), before pooling: where Grad-CAM looks by
    /// default.</summary>
    /// <exception cref="BadInputException">The network has no maps.</exception>
    public string LastRelu =>
        layers.LastOrDefault(layer => layer.Maps && layer.Kind is LayerKind.Activation or LayerKind.Block)?.Name
        ?? throw new BadInputException(
            $"The network {Catalog.Write(Architecture)} has no layer that answers with maps, only {string.Join(", ", Cuts)}.");

    /// <summary>Where dropout draws from while training.</summary>
    public Generator? Dice { get; set; }

    /// <summary>Moves the weights to a device.</summary>
    public Classifier On(Device device) => this.to(device.ToTorch());

    /// <summary>Logits (N, K) of images float32 (N, C, H, W) in [0, 1].</summary>
    public override Tensor forward(Tensor input) => Run(input, 0, layers.Count);

    /// <summary>What the last layer reads, flattened to (N, F), and the logits (N, K) that it answers with.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1].</param>
    public (Tensor Features, Tensor Logits) Open(Tensor images)
    {
        using var scope = NewDisposeScope();
        var features = Run(images, 0, layers.Count - 1);
        return (features.flatten(1).MoveToOuterDisposeScope(), Close(features).MoveToOuterDisposeScope());
    }

    /// <summary>The logits (N, K) that the last layer answers with to what it reads, (N, F).</summary>
    public Tensor Close(Tensor features) => Run(features, layers.Count - 1, layers.Count);

    /// <summary>Replaces the weight (K, F) and bias (K) of the last layer.</summary>
    /// <exception cref="BadInputException">The last layer is no linear map.</exception>
    public void PutLast(Tensor weight, Tensor bias)
    {
        Require.That(layers[^1].Module is TorchSharp.Modules.Linear, $"The last layer of {Catalog.Write(Architecture)} is no linear map.");
        using var still = no_grad();
        var last = (TorchSharp.Modules.Linear)layers[^1].Module!;
        last.weight.copy_(weight);
        last.bias!.copy_(bias);
    }

    /// <summary>Activations after a layer, of images float32 (N, C, H, W) in [0, 1].</summary>
    /// <exception cref="BadInputException">There is no such layer.</exception>
    public Tensor Head(Tensor images, string layer) => Run(images, 0, IndexOf(layer) + 1);

    /// <summary>Logits (N, K) from activations after a layer.</summary>
    /// <exception cref="BadInputException">There is no such layer.</exception>
    public Tensor Tail(Tensor activations, string layer) => Run(activations, IndexOf(layer) + 1, layers.Count);

    /// <summary>Activations after a later layer from activations after an earlier one.</summary>
    /// <exception cref="BadInputException">There is no such layer.</exception>
    public Tensor Between(Tensor activations, string from, string to) => Run(activations, IndexOf(from) + 1, IndexOf(to) + 1);

    /// <summary>The same chain under the name of another record. Both share their weights, so only the new one is to be disposed.</summary>
    public Classifier As(Architecture architecture) => new(architecture, Shape, Classes, layers) { ClassNames = ClassNames };

    /// <summary>The same chain with one more link. Both share their weights, so only the new one is to be disposed.</summary>
    /// <param name="architecture">The record that builds the longer chain.</param>
    /// <param name="after">The layer after which the link comes.</param>
    /// <param name="link">Makes it, told whether it stands among maps.</param>
    /// <exception cref="BadInputException">There is no such layer.</exception>
    public Classifier With(Architecture architecture, string after, Func<bool, Layer> link)
    {
        var at = IndexOf(after);
        return new(architecture, Shape, Classes, [.. layers.Take(at + 1), link(layers[at].Maps), .. layers.Skip(at + 1)]) { ClassNames = ClassNames };
    }

    /// <summary>Keeps a module under its name; dots part levels, as in PyTorch.</summary>
    private static void Register(nn.Module parent, string name, nn.Module module)
    {
        if (name.Split('.', 2) is not [var first, var rest])
        {
            parent.register_module(name, module);
            return;
        }

        var level = parent.named_children().FirstOrDefault(child => child.name == first).module;
        if (level is null) parent.register_module(first, level = new Level());
        Register(level, rest, module);
    }

    private Tensor Run(Tensor input, int from, int to)
    {
        using var scope = NewDisposeScope();
        var activations = input.alias();
        for (var at = from; at < to; at++)
        {
            // Maxima and monotone functions commute; pooling first leaves the function a quarter of the values.
            if (layers[at].Kind == LayerKind.Activation && at + 1 < to && layers[at + 1].Kind == LayerKind.MaxPool)
            {
                activations = layers[at].Run(layers[at + 1].Run(activations, this), this);
                at++;
                continue;
            }

            activations = layers[at].Run(activations, this);
        }

        return activations.MoveToOuterDisposeScope();
    }

    /// <summary>The bytes of what every layer answers to images, one after another.</summary>
    internal long ActivationBytes(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (activations, bytes) = (images.alias(), 0L);
        foreach (var layer in layers)
        {
            activations = layer.Run(activations, this);
            bytes += activations.numel() * sizeof(float) * (layer.Kind == LayerKind.Block ? StepsOfABlock : 1);
        }

        return bytes;
    }

    private int IndexOf(string layer)
    {
        for (var at = 0; at < layers.Count; at++)
        {
            if (layers[at].Name == layer) return at;
        }

        throw new BadInputException($"The network has no layer '{layer}'; {Names.Suggest(layer, Cuts)}");
    }

    /// <summary>One level of names.</summary>
    private sealed class Level() : nn.Module(nameof(Level));
}
