using Pentimento.Data;
using TorchSharp;
using static TorchSharp.torch;
using Device = Pentimento.Foundation.Device;

namespace Pentimento.Networks;

/// <summary>
/// A network as a graph of named values that can be cut anywhere: <see cref="Head"/> runs up to and including a cut,
/// <see cref="Tail"/> the rest, and the tail of the head equals the whole.
/// </summary>
internal sealed class Classifier : nn.Module<Tensor, Tensor>
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Unedited = [];
    private readonly Lazy<IReadOnlyList<CutDescription>> described;

    /// <summary>Chains layers into a network, in evaluation mode.</summary>
    /// <param name="architecture">The record that built it.</param>
    /// <param name="shape">The images it reads.</param>
    /// <param name="classes">How many logits it answers with.</param>
    /// <param name="layers">The chain, first to last; the last answers with logits.</param>
    internal Classifier(Architecture architecture, ImageShape shape, int classes, IReadOnlyList<Layer> layers)
        : this(architecture, shape, classes, Chain(layers))
    {
    }

    /// <summary>Makes a network of a graph, in evaluation mode.</summary>
    internal Classifier(Architecture architecture, ImageShape shape, int classes, Graph graph) : base(nameof(Classifier))
    {
        (Architecture, Shape, Classes, Graph) = (architecture, shape, classes, graph);
        foreach (var node in graph.Nodes)
        {
            if (node.Module is { } module) Register(this, node.Name, module);
        }

        if (graph.Constants is { } constants) register_module("graph constants", constants);

        described = new(() => CutDescription.Of(this));
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

    /// <summary>What is done to images before it, as text.</summary>
    internal string Preprocessing => Networks.Preprocessed.StepsOf(Architecture);

    /// <summary>The file that it was read from and how, by which it is known again; null for a network made in memory.</summary>
    internal string? Source { get; set; }

    /// <summary>The graph.</summary>
    internal Graph Graph { get; }

    /// <summary>The places where it can be cut so that one value separates the images from the logits, first to last.</summary>
    public IEnumerable<string> Cuts => Graph.Separating;

    /// <summary>Every value that depends on the images, in the order in which they are computed; those that are no
    /// <see cref="Cuts"/> need the images for <see cref="Tail"/>.</summary>
    public IEnumerable<string> Values => Graph.OfImages;

    /// <summary>The cuts whose activations are maps (N, C, H, W).</summary>
    public IEnumerable<string> Maps => Cuts.Where(IsMaps);

    /// <summary>The cuts whose activations are a ReLU's.</summary>
    public IEnumerable<string> Rectified => Cuts.Where(cut => Graph.MakerOf(cut).Rectified);

    /// <summary>The last maps before pooling or flattening, after their activation: where Grad-CAM looks by default.</summary>
    /// <exception cref="BadInputException">The network has no maps.</exception>
    public string LastRelu => LastMaps.Of(Graph)
        ?? throw new BadInputException(
            $"The network {Title} has no layer that answers with maps, only {string.Join(", ", Cuts.Take(12))}{(Cuts.Count() > 12 ? ", ..." : "")}.");

    /// <summary>Whether there are such maps.</summary>
    internal bool HasMaps => LastMaps.Of(Graph) is not null;

    /// <summary>The layer whose units are looked at by default: the last maps, or the features where there are none.</summary>
    internal string UsualLayer => LastMaps.Of(Graph) ?? UsualFeatures;

    /// <summary>The features that decomposing and editing look at by default: <c>fc1</c> where there is one, else what the last linear layer
    /// reads.</summary>
    internal string UsualFeatures => Cuts.Contains("fc1") ? "fc1" : Graph.Features;

    /// <summary>Where dropout draws from while training.</summary>
    public Generator? DropoutGenerator { get; set; }

    private string Title => Architecture.Title;

    /// <summary>Every value with its shape and what it is good for.</summary>
    internal IReadOnlyList<CutDescription> Describe() => described.Value;

    /// <summary>Moves the weights to a device.</summary>
    public Classifier On(Device device) => this.to(device.ToTorch());

    /// <summary>Logits (N, K) of images float32 (N, C, H, W) in [0, 1].</summary>
    public override Tensor forward(Tensor input) => Compute(new() { [Graph.Images] = input }, [Graph.Output])[0];

    /// <summary>Logits (N, K) with values of the graph changed on the way.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1].</param>
    /// <param name="edits">By cut or value, what becomes of it; gradients go through.</param>
    /// <exception cref="BadInputException">There is no such value.</exception>
    public Tensor Run(Tensor images, IReadOnlyDictionary<string, Func<Tensor, Tensor>> edits) =>
        Compute(new() { [Graph.Images] = images }, [Graph.Output], edits.ToDictionary(edit => Find(edit.Key), edit => edit.Value))[0];

    /// <summary>Logits (N, K) with values of the graph replaced; what only they need is not computed.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1].</param>
    /// <param name="edits">By cut or value, what stands there instead.</param>
    /// <exception cref="BadInputException">There is no such value.</exception>
    public Tensor Run(Tensor images, IReadOnlyDictionary<string, Tensor> edits)
    {
        var given = edits.ToDictionary(edit => Find(edit.Key), edit => edit.Value);
        given[Graph.Images] = images;
        return Compute(given, [Graph.Output])[0];
    }

    /// <summary>What the last layer reads, flattened to (N, F), and the logits (N, K) that it answers with.</summary>
    /// <param name="images">float32 (N, C, H, W) in [0, 1].</param>
    public (Tensor Features, Tensor Logits) Open(Tensor images)
    {
        using var scope = NewDisposeScope();
        var values = Compute(new() { [Graph.Images] = images }, [Graph.Features, Graph.Output]);
        return (values[0].flatten(1).MoveToOuterDisposeScope(), values[1].MoveToOuterDisposeScope());
    }

    /// <summary>The logits (N, K) that the last layer answers with to what it reads, (N, F).</summary>
    public Tensor Close(Tensor features)
    {
        using var scope = NewDisposeScope();
        var shaped = Graph.FeatureShape is { Length: > 1 } shape ? features.view([-1, .. shape]) : features;
        return Compute(new() { [Graph.Features] = shaped }, [Graph.Output])[0].MoveToOuterDisposeScope();
    }

    /// <summary>Replaces the weight (K, F) and bias (K) of the last layer.</summary>
    /// <exception cref="BadInputException">The last layer is no linear map.</exception>
    public void PutLast(Tensor weight, Tensor bias)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        Require.That(LastLinear.Put(Graph, weight, bias), $"The last layer of the network {Title} is no linear map.");
    }

    /// <summary>Activations at a cut, of images float32 (N, C, H, W) in [0, 1]; only what the cut needs is computed.</summary>
    /// <exception cref="BadInputException">There is no such cut.</exception>
    public Tensor Head(Tensor images, string layer) => Compute(new() { [Graph.Images] = images }, [Find(layer)])[0];

    /// <summary>Activations at several cuts in one run.</summary>
    /// <exception cref="BadInputException">There is no such cut.</exception>
    public IReadOnlyList<Tensor> Heads(Tensor images, IEnumerable<string> layers) =>
        Compute(new() { [Graph.Images] = images }, [.. layers.Select(Find)]);

    /// <summary>Logits (N, K) from activations at a cut.</summary>
    /// <param name="activations">What stands at the cut.</param>
    /// <param name="layer">The cut.</param>
    /// <param name="images">The images of which the rest is computed; needed only where the cut does not separate.</param>
    /// <exception cref="BadInputException">There is no such cut, or it does not separate and there are no images.</exception>
    public Tensor Tail(Tensor activations, string layer, Tensor? images = null) => From(activations, layer, Graph.Output, images);

    /// <summary>Activations at a later cut from activations at an earlier one.</summary>
    /// <param name="activations">What stands at the earlier cut.</param>
    /// <param name="from">The earlier cut.</param>
    /// <param name="to">The later cut.</param>
    /// <param name="images">The images of which the rest is computed; needed only where the earlier cut does not separate.</param>
    /// <exception cref="BadInputException">There is no such cut, or it does not separate and there are no images.</exception>
    public Tensor Between(Tensor activations, string from, string to, Tensor? images = null) => From(activations, from, Find(to), images);

    /// <summary>The same network with names for its classes. Both share their weights, so only the new one is to be disposed.</summary>
    /// <exception cref="BadInputException">There are not as many names as classes.</exception>
    public Classifier Named(IReadOnlyList<string> names) => Named(names, "The list");

    /// <summary>The same, told where the names come from.</summary>
    internal Classifier Named(IReadOnlyList<string> names, string source)
    {
        Require.That(names.Count == Classes, $"{source} names {names.Count} classes; the network answers with {Classes}.");
        return new(Architecture, Shape, Classes, Graph) { ClassNames = names };
    }

    /// <summary>The same graph under the name of another record. Both share their weights, so only the new one is to be disposed.</summary>
    public Classifier As(Architecture architecture) => new(architecture, Shape, Classes, Graph) { ClassNames = ClassNames };

    /// <summary>The same network for reading alone, batch normalisation folded into convolutions; it answers the same but for the last digits.
    /// Both share their other weights, so only one of them is to be disposed.</summary>
    internal Classifier Folded() => new(Architecture, Shape, Classes, BatchNormFolding.Of(Graph)) { ClassNames = ClassNames };

    /// <summary>The same graph with one more layer. Both share their weights, so only the new one is to be disposed.</summary>
    /// <param name="architecture">The record that builds the longer graph.</param>
    /// <param name="after">The cut behind which the layer comes.</param>
    /// <param name="link">Makes it, told whether it stands among maps.</param>
    /// <exception cref="BadInputException">There is no such cut.</exception>
    internal Classifier With(Architecture architecture, string after, Func<bool, Layer> link)
    {
        var value = Find(after);
        var layer = link(IsMaps(value));
        return new(architecture, Shape, Classes, Graph.With(value, Node.Of(layer, value, Graph.Free(layer.Name)))) { ClassNames = ClassNames };
    }

    /// <summary>The same graph with one more node. Both share their weights, so only the new one is to be disposed.</summary>
    internal Classifier With(Architecture architecture, ImageShape shape, string after, Node node) =>
        new(architecture, shape, Classes, Graph.With(after, node)) { ClassNames = ClassNames };

    private static Graph Chain(IReadOnlyList<Layer> layers)
    {
        var nodes = new List<Node>();
        foreach (var layer in layers) nodes.Add(Node.Of(layer, nodes.Count == 0 ? Graph.Images : nodes[^1].Outputs[0], layer.Name));
        return new(nodes, nodes[^1].Outputs[0], nodes[^1].Inputs[0]);
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

    private bool IsMaps(string value) => value != Graph.Images && Graph.MakerOf(value).Maps;

    private Tensor From(Tensor activations, string from, string to, Tensor? images)
    {
        var given = new Dictionary<string, Tensor> { [Find(from)] = activations };
        var separates = !Graph.PlanOf([.. given.Keys], [to], []).NeedsImages;
        Require.That(
            separates || images is not null,
            $"The cut {from} does not part the images from {to}: give the images too, or cut at {Graph.NearestSeparating(from)}.");
        if (!separates) given[Graph.Images] = images!;
        return Compute(given, [to])[0];
    }

    /// <summary>The bytes of each value that is computed of images.</summary>
    internal IReadOnlyList<long> ActivationBytes(Tensor images)
    {
        using var scope = NewDisposeScope();
        return [.. Compute(new() { [Graph.Images] = images }, Graph.OfImages).Select(value => value.numel() * sizeof(float))];
    }

    private Tensor[] Compute(Dictionary<string, Tensor> given, IReadOnlyList<string> wanted, Dictionary<string, Func<Tensor, Tensor>>? edits = null)
    {
        edits ??= Unedited;
        return Graph.PlanOf(given.Keys, wanted, edits.Keys).Run(this, given, edits);
    }

    private string Find(string layer)
    {
        if (Graph.Computes(layer)) return layer;
        throw new BadInputException($"The network has no layer '{layer}'; {Names.Suggest(layer, Cuts)}");
    }

    /// <summary>One level of names.</summary>
    private sealed class Level() : nn.Module(nameof(Level));
}
