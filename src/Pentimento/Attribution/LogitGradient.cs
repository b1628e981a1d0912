using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attribution;

/// <summary>The slope of the explained logits.</summary>
internal static class LogitGradient
{
    /// <summary>The gradient of each image's target logit by the point it was computed from, each image's own: float32, as the point.</summary>
    /// <param name="point">Images or activations (B, ...); neither changed nor watched.</param>
    /// <param name="targets">int64 (B).</param>
    /// <param name="answer">From the point to logits (B, K).</param>
    public static Tensor At(Tensor point, Tensor targets, Func<Tensor, Tensor> answer)
    {
        using var scope = NewDisposeScope();
        var variable = point.detach().requires_grad_();
        // Images do not touch each other, so the gradient of the sum holds each image's own.
        var score = answer(variable).gather(1, targets.unsqueeze(1)).sum();
        return autograd.grad([score], [variable])[0].MoveToOuterDisposeScope();
    }
}

/// <summary>The maps that class activation mapping weighs.</summary>
internal static class LayerMaps
{
    /// <summary>The activations of a layer, float32 (B, C, h, w), without a graph behind them.</summary>
    /// <exception cref="BadInputException">The layer's activations are no maps.</exception>
    public static Tensor Of(Classifier network, Tensor images, string layer)
    {
        using var still = no_grad();
        var activations = network.Head(images, layer);
        Require.That(
            activations.dim() == 4,
            $"A class activation map needs a layer whose activations are maps, such as {network.LastRelu}; {layer} answers with {activations.dim() - 1} dimensions."
        );
        return activations;
    }

    /// <summary>The activations, and the gradient of the target logits by them: one head and one tail.</summary>
    public static (Tensor Activations, Tensor Gradient) WithGradient(Classifier network, Tensor images, Tensor targets, string layer)
    {
        var activations = Of(network, images, layer);
        return (activations, LogitGradient.At(activations, targets, point => network.Tail(point, layer)));
    }
}
