using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>The last linear layer, whose output is the logits.</summary>
internal static class LastLinear
{
    /// <summary>Replaces its weight and bias.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Put(Graph graph, Tensor weight, Tensor bias)
    {
        if (graph.PutLast is { } put) return put(weight, bias);
        if (graph.Nodes[^1].Module is not Linear linear) return false;
        linear.weight.copy_(weight);
        linear.bias!.copy_(bias);
        return true;
    }
}
