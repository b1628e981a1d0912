using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>The linear map that answers with the logits.</summary>
internal static class LastLinear
{
    /// <summary>Replaces its weight and bias.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Put(Graph graph, Tensor weight, Tensor bias)
    {
        var last = graph.Nodes[^1];
        if (last.Module is not Linear linear) return last.Module is ILinearWeights weights && weights.Put(weight, bias);
        linear.weight.copy_(weight);
        linear.bias!.copy_(bias);
        return true;
    }
}

/// <summary>Weights of a linear map in a form of their own.</summary>
internal interface ILinearWeights
{
    /// <summary>Takes a weight (K, F) and a bias (K).</summary>
    /// <returns>Whether they have a place.</returns>
    bool Put(Tensor weight, Tensor bias);
}
