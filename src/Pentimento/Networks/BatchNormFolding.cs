using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>The filters of a convolution, and the convolution as a function of them.</summary>
/// <param name="Weight">The filters, (out, in, ...).</param>
/// <param name="Bias">(out), or null.</param>
/// <param name="Convolve">The convolution of an input with filters and bias, if any.</param>
internal sealed record Filters(Tensor Weight, Tensor? Bias, Func<Tensor, Tensor, Tensor?, Tensor> Convolve);

/// <summary>Batch normalisation folded into the filters of the convolution before it: one pass over the maps instead of two.</summary>
/// <remarks>
/// In evaluation BN(Wx + b) = (γ/σ)Wx + (γ/σ)(b - μ) + β. The folded network is a copy for reading: its filters are as they were when it was made and
/// do not learn, and the value between the two is no cut any more. Gradients of images go through.
/// </remarks>
internal static class BatchNormFolding
{
    /// <summary>The same graph with every pair folded that no other node looks into; it shares all other weights.</summary>
    public static Graph Of(Graph graph)
    {
        using var still = no_grad();
        var nodes = graph.Nodes.ToList();
        foreach (var norm in graph.Nodes.Where(node => node.Affine is not null))
        {
            var at = nodes.FindIndex(node => node.Outputs.Contains(norm.Inputs[0]));
            if (at < 0 || nodes[at].Filters is null || graph.ReadersOf(norm.Inputs[0]).Count() > 1 || norm.Inputs[0] == graph.Output) continue;
            if (Folded(graph, nodes[at], norm) is not { } folded) continue;
            nodes[nodes.IndexOf(norm)] = folded;
            nodes.RemoveAt(at);
        }

        return new(nodes, graph.Output, graph.Features, graph.Sources)
        {
            FeatureShape = graph.FeatureShape,
            PutLast = graph.PutLast,
            Constants = graph.Constants,
        };
    }

    /// <summary>Disposes the filters of a folded graph, and nothing that it shares.</summary>
    public static void Release(Graph folded)
    {
        foreach (var filters in folded.Nodes.Select(node => node.Module).OfType<FoldedFilters>())
        {
            // A module disposes no buffers of its own.
            filters.Weight.Dispose();
            filters.Bias.Dispose();
            filters.Dispose();
        }
    }

    private static Node? Folded(Graph graph, Node convolution, Node norm)
    {
        using var scope = NewDisposeScope();
        if (Given(graph, convolution) is not { } inputs || Given(graph, norm) is not { } statistics) return null;
        var filters = convolution.Filters!(inputs);
        var (scale, shift) = norm.Affine!(statistics);
        long[] outputs = [-1, .. Enumerable.Repeat(1L, (int)filters.Weight.dim() - 1)];
        var weight = (filters.Weight * scale.view(outputs)).detach();
        var bias = ((filters.Bias is null ? shift : (filters.Bias * scale) + shift)).detach();
        if (weight.dim() == 4) Weights.ChannelsLast(weight);
        // Dots would make it part of a block that has the same levels.
        var (kept, name) = (new FoldedFilters(weight, bias), $"{norm.Name.Replace('.', ' ')} folded");
        return new(name, NodeRole.Convolution, [convolution.Inputs[0]], norm.Outputs,
            (read, _) => [filters.Convolve(read[0]!, kept.Weight.to_type(read[0]!.dtype), kept.Bias.to_type(read[0]!.dtype))])
        {
            Module = kept,
            Maps = norm.Maps,
        };
    }

    /// <summary>A node's inputs but for the first, if all are weights.</summary>
    private static List<Tensor?>? Given(Graph graph, Node node)
    {
        var inputs = node.Inputs.Skip(1).Select(value => graph.Sources.TryGetValue(value, out var source) ? source() : null).Prepend(null).ToList();
        return node.Inputs.Skip(1).Zip(inputs.Skip(1)).Any(pair => pair.First.Length > 0 && pair.Second is null) ? null : inputs;
    }

    /// <summary>Filters that move with the network and do not learn.</summary>
    private sealed class FoldedFilters : nn.Module
    {
        public FoldedFilters(Tensor weight, Tensor bias) : base(nameof(FoldedFilters))
        {
            register_buffer("folded_weight", weight.DetachFromDisposeScope(), persistent: false);
            register_buffer("folded_bias", bias.DetachFromDisposeScope(), persistent: false);
        }

        public Tensor Weight => get_buffer("folded_weight")!;

        public Tensor Bias => get_buffer("folded_bias")!;
    }
}
