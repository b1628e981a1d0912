using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>Gradients through a network. What libtorch would refuse is refused here first: through TorchSharp its refusal ends the process.</summary>
internal static class Differentiation
{
    /// <summary>What is said where there is no gradient.</summary>
    public const string Without =
        "The network has no gradient by its images: an operator without a derivative, such as Greater or Round, stands between them and its logits."
        + " Without one work evaluate, audit, the attack square, and the attributions occlusion and rise.";

    /// <summary>The gradient of a scalar by a tensor that it was computed from: float32, of the tensor's shape.</summary>
    /// <param name="scalar">().</param>
    /// <param name="by">A leaf that requires a gradient.</param>
    /// <param name="keepGraph">Whether the graph is differentiated again.</param>
    /// <exception cref="BadInputException">The scalar does not depend on the tensor through operators that have a derivative.</exception>
    public static Tensor Gradient(Tensor scalar, Tensor by, bool keepGraph = false) =>
        Find(scalar, by, keepGraph) ?? throw new BadInputException(Without);

    /// <summary>Whether a network's logits have a gradient by its images.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">float32 (N, C, H, W), one suffices.</param>
    public static bool Reaches(Classifier network, Tensor images)
    {
        using var scope = NewDisposeScope();
        var variable = images.detach().requires_grad_();
        return Find(network.call(variable).sum(), variable, false) is not null;
    }

    /// <summary>Computes the gradients of a loss by the weights, into them.</summary>
    /// <exception cref="BadInputException">The loss depends on no weight through operators that have a derivative.</exception>
    public static void Backward(Tensor loss)
    {
        Require.That(
            loss.requires_grad,
            $"The network cannot be trained: an operator without a derivative, such as Greater or Round, stands between its weights and its logits.");
        loss.backward();
    }

    /// <summary>The gradients of a tensor, weighted, by several that it was computed from; null for those that it does not depend on.</summary>
    /// <param name="output">Of any shape.</param>
    /// <param name="weights">Of the output's shape.</param>
    /// <param name="by">Leaves that require a gradient.</param>
    public static IReadOnlyList<Tensor?> Gradients(Tensor output, Tensor weights, Tensor[] by) =>
        by.Length == 0 || !output.requires_grad
            ? new Tensor?[by.Length]
            : [.. autograd.grad([output], by, [weights], retain_graph: true, allow_unused: true).Select(Valid)];

    /// <summary>The gradient; null where nothing that has a derivative leads from the tensor to the scalar.</summary>
    private static Tensor? Find(Tensor scalar, Tensor by, bool keepGraph)
    {
        if (!scalar.requires_grad) return null;
        return Valid(autograd.grad([scalar], [by], retain_graph: keepGraph, allow_unused: true)[0]);
    }

    private static Tensor? Valid(Tensor? found) => found is null || found.IsInvalid ? null : found;
}
