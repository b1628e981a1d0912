using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Attacks;

/// <summary>Gradients of an attack's loss by the images.</summary>
internal static class LossGradient
{
    /// <summary>The gradient by the image, each image's own, of the loss to maximise: the cross-entropy of the class to leave, or minus
    /// that of the class to reach.</summary>
    /// <returns>float32, as the images.</returns>
    public static Tensor At(Classifier victim, Tensor images, BatchCriterion criterion)
    {
        using var scope = NewDisposeScope();
        return Of(victim, images, logits => Score.CrossEntropy(logits, criterion)).Gradient.MoveToOuterDisposeScope();
    }

    /// <summary>The same, of logits divided by what <see cref="LogitScale"/> says, so that the direction is that of the decisions and not of
    /// the last layer's size.</summary>
    public static Tensor ScaleFree(Classifier victim, Tensor images, BatchCriterion aim)
    {
        using var scope = NewDisposeScope();
        return Of(victim, images, logits => Score.CrossEntropy(logits / LogitScale.ForCrossEntropy(logits.detach(), aim), aim))
            .Gradient.MoveToOuterDisposeScope();
    }

    /// <summary>A score of each image, its gradient by the image, and the logits that it was computed from; no gradient by a weight is
    /// taken.</summary>
    /// <param name="victim">Its weights' requires_grad is restored afterwards.</param>
    /// <param name="images">float32 (B, C, H, W).</param>
    /// <param name="score">From logits (B, K) to scores (B).</param>
    public static LogitsAndGradient Of(Classifier victim, Tensor images, Func<Tensor, Tensor> score)
    {
        using var scope = NewDisposeScope();
        using var frozen = new FrozenParameters(victim);
        var variable = images.detach().requires_grad_();
        var logits = victim.call(variable);
        var scores = score(logits);
        // Images do not touch each other, so the gradient of the sum holds each image's own.
        var gradient = Differentiation.Gradient(scores.sum(), variable);
        return new(scores.detach().MoveToOuterDisposeScope(), logits.detach().MoveToOuterDisposeScope(), gradient.MoveToOuterDisposeScope());
    }

    /// <summary>The result of one forward and backward pass.</summary>
    internal readonly struct LogitsAndGradient(Tensor scores, Tensor logits, Tensor gradient)
    {
        /// <summary>float32 (B).</summary>
        public Tensor Scores { get; } = scores;

        /// <summary>float32 (B, K).</summary>
        public Tensor Logits { get; } = logits;

        /// <summary>float32, as the images.</summary>
        public Tensor Gradient { get; } = gradient;
    }

    /// <summary>Sets requires_grad of the weights to false until disposed.</summary>
    internal sealed class FrozenParameters : IDisposable
    {
        private readonly List<Tensor> trainable;

        public FrozenParameters(Classifier victim)
        {
            trainable = [.. victim.parameters().Where(weight => weight.requires_grad)];
            foreach (var weight in trainable) weight.requires_grad = false;
        }

        public void Dispose()
        {
            foreach (var weight in trainable) weight.requires_grad = true;
        }
    }
}
