using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>Gradients of the target logits.</summary>
internal static class LogitGradient
{
    /// <summary>Computes the gradient of each image's target logit by the input it was computed from: float32, as the input.</summary>
    /// <param name="input">Images or activations (B, ...); not changed, and no gradient is recorded for them.</param>
    /// <param name="targets">int64 (B).</param>
    /// <param name="forward">From the input to logits (B, K).</param>
    public static Tensor At(Tensor input, Tensor targets, Func<Tensor, Tensor> forward)
    {
        using var scope = NewDisposeScope();
        Require.That(input.is_floating_point(), $"{Differentiation.Without}");
        var variable = input.detach().requires_grad_();
        // Images do not touch each other, so the gradient of the sum holds each image's own.
        var score = forward(variable).gather(1, targets.unsqueeze(1)).sum();
        return Differentiation.Gradient(score, variable).MoveToOuterDisposeScope();
    }
}

/// <summary>Activations and gradients at a layer, for class activation mapping.</summary>
internal static class LayerMaps
{
    /// <summary>The activations of a layer, float32 (B, C, h, w), without an autograd graph.</summary>
    /// <exception cref="BadInputException">The layer's activations are no feature maps.</exception>
    public static Tensor Of(Classifier network, Tensor images, string layer)
    {
        using var noGrad = no_grad();
        var activations = network.Head(images, layer);
        Require.That(
            activations.dim() == 4,
            $"A class activation map needs a layer whose activations are maps, such as {network.LastRelu};"
                + $" {layer} answers with {activations.dim() - 1} dimensions."
        );
        return activations;
    }

    /// <summary>The activations, and the gradient of the target logits by them; one forward pass of head and tail.</summary>
    public static (Tensor Activations, Tensor Gradient) WithGradient(Classifier network, Tensor images, Tensor targets, string layer)
    {
        var activations = Of(network, images, layer);
        return (activations, LogitGradient.At(activations, targets, point => network.Tail(point, layer)));
    }
}
