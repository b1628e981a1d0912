using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>One operation of a network's graph: it reads named values and computes one or several.</summary>
/// <param name="Name">Its name; the weights that it owns are registered under it.</param>
/// <param name="Role">What the graph may assume of it.</param>
/// <param name="Inputs">The values that it reads; empty where an optional one is left out.</param>
/// <param name="Outputs">The values that it computes.</param>
/// <param name="Run">Computes its outputs; the classifier says whether it is training and where to draw from.</param>
internal sealed record Node(
    string Name,
    NodeRole Role,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    Func<IReadOnlyList<Tensor?>, Classifier, IReadOnlyList<Tensor>> Run)
{
    /// <summary>The weights that it owns, if any.</summary>
    public nn.Module? Module { get; init; }

    /// <summary>Whether its first output is (N, C, H, W).</summary>
    public bool Maps { get; init; } = true;

    /// <summary>Whether the file that it was read from keeps its first output as (N, H, W, C).</summary>
    public bool IsChannelsLast { get; init; }

    /// <summary>Whether its first output is that of a ReLU.</summary>
    public bool Rectified { get; init; }

    /// <summary>Whether what it makes of an image alone is that image still: in other numbers, another size or another arrangement.</summary>
    public bool KeepsImage { get; init; } = Role == NodeRole.Passage;

    /// <summary>Of max pooling: whether its windows are squares of 2x2, side by side, without padding.</summary>
    public bool Halves { get; init; }

    /// <summary>Of a convolution: its filters, of the inputs but for the first.</summary>
    public Func<IReadOnlyList<Tensor?>, Filters>? Filters { get; init; }

    /// <summary>Of a batch normalisation: what it multiplies each channel with in evaluation, and then adds, of the inputs but for the
    /// first.</summary>
    public Func<IReadOnlyList<Tensor?>, (Tensor Scale, Tensor Shift)>? Affine { get; init; }

    /// <summary>Writes itself as ONNX nodes, if it can.</summary>
    public OnnxForm? Form { get; init; }

    /// <summary>What the file that it was read from calls its outputs; null for one that was put in here.</summary>
    public IReadOnlyList<string>? Origin { get; init; }

    /// <summary>Whether a file implies it, so that it is not written as a node: preprocessing, another layout.</summary>
    public bool Implied { get; init; }

    /// <summary>A layer that reads one value.</summary>
    public static Node Of(Layer layer, string input, string output)
    {
        var role = layer.Kind switch
        {
            LayerKind.Activation => NodeRole.Monotone,
            LayerKind.Block => NodeRole.Activation,
            LayerKind.MaxPool => NodeRole.MaxPool,
            _ when layer.Module is TorchSharp.Modules.Conv2d => NodeRole.Convolution,
            _ when layer.Module is TorchSharp.Modules.Linear => NodeRole.Linear,
            _ => NodeRole.Other,
        };
        return new(layer.Name, role, [input], [output], (inputs, network) => [layer.Run(inputs[0]!, network)])
        {
            Module = layer.Module,
            Maps = layer.Maps,
            Rectified = layer.Rectified,
            Halves = layer.Halves,
            Form = layer.Form,
            Filters = layer.Filters,
            Affine = layer.Affine,
        };
    }
}

/// <summary>What a graph may assume of a node.</summary>
internal enum NodeRole
{
    /// <summary>Nothing.</summary>
    Other,

    /// <summary>A nonlinear function, or a block that ends in one.</summary>
    Activation,

    /// <summary>An activation that is monotone and acts on each value alone.</summary>
    Monotone,

    /// <summary>Maxima of windows.</summary>
    MaxPool,

    /// <summary>Another summary of windows.</summary>
    Pool,

    /// <summary>Weights that slide over maps.</summary>
    Convolution,

    /// <summary>A linear map of features.</summary>
    Linear,

    /// <summary>It passes values on, the same or in another arrangement.</summary>
    Passage,
}
