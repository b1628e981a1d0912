using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>
/// The gradient of a batch's loss, computed at once where the activations fit the run's memory, and else piece by piece with the same total.
/// </summary>
/// <remarks>
/// Gao et al., 2021, "Scaling deep contrastive learning batch size under memory limited setup", arXiv:2101.06983: the loss is computed from all
/// outputs, without the network's activations; then each piece is computed anew and given its outputs' gradients. So it holds for every objective,
/// also for those that compare images or environments.
/// </remarks>
internal sealed class PiecewiseStep
{
    // A step was seen to take 1.5 (resnet18, 64 pixels) to 2.6 times (cnn3, 28 pixels) what all activations take, with what is computed on the way.
    private const double Copies = 1.5;

    private readonly Classifier network;
    private readonly Precision precision;
    private readonly RunContext run;

    /// <summary>Sizes the pieces.</summary>
    /// <param name="network">The network that is trained.</param>
    /// <param name="precision">In what it computes.</param>
    /// <param name="batch">Number of images of a step.</param>
    /// <param name="run">The memory, and the device.</param>
    /// <exception cref="BadInputException">The batch does not fit, and cannot be computed in pieces.</exception>
    public PiecewiseStep(Classifier network, Precision precision, int batch, RunContext run)
    {
        (this.network, this.precision, this.run) = (network, precision, run);
        network.eval();
        Size = BatchSize.Fitting(network, batch, run, Copies);
        Require.That(
            Size == batch || !NormalizesBatches,
            $"A batch of {batch:N0} images of {network.Shape} does not fit the {ByteCount.Write(run.MemoryBudget)} that a training may take, and a "
                + $"network with batch normalisation cannot be trained on it in pieces; --batch {Size} fits, or give more with --memory.");
    }

    /// <summary>The most images that are computed at a time.</summary>
    public int Size { get; }

    // A layer that keeps a running mean takes each batch's own in training.
    private bool NormalizesBatches => network.state_dict().Keys.Any(name => name.EndsWith("running_mean", StringComparison.Ordinal));

    /// <summary>Adds the gradient of a loss to the network's weights.</summary>
    /// <param name="images">float32 (N, C, H, W), the batch.</param>
    /// <param name="dropout">The seed of this step's dropout.</param>
    /// <param name="lossOf">The loss of features (N, F) and logits (N, K) of the whole batch.</param>
    public void Backward(Tensor images, Seed dropout, Func<Tensor, Tensor, Tensor> lossOf)
    {
        if (images.shape[0] <= Size)
        {
            var (features, logits) = Open(images, dropout);
            Differentiation.Backward(lossOf(features, logits));
            return;
        }

        var (leaves, outputs) = Outputs(images, dropout);
        var gradients = autograd.grad([lossOf(leaves, outputs)], [leaves, outputs], allow_unused: true);
        Each(images, (piece, start, at) =>
        {
            var (features, logits) = Open(piece, dropout.For(at!.Value));
            Tensor?[] parts = [.. gradients.Zip((Tensor[])[features, logits], (gradient, output) =>
                gradient is null || gradient.IsInvalid ? null : (gradient.narrow(0, start, piece.shape[0]) * output).sum())];
            Differentiation.Backward(parts.OfType<Tensor>().Aggregate((one, other) => one + other));
            return logits.detach();
        });
    }

    /// <summary>Computes something of each piece of a batch, one after another, and joins it.</summary>
    /// <param name="images">The batch.</param>
    /// <param name="compute">Is given the piece, its first place in the batch, and its number; null for a batch that is one piece.</param>
    public Tensor Each(Tensor images, Func<Tensor, long, int?, Tensor> compute)
    {
        if (images.shape[0] <= Size) return compute(images, 0, null);
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        for (var (start, at) = (0L, 0); start < images.shape[0]; start += Size, at++)
        {
            using var inner = NewDisposeScope();
            parts.Add(compute(images.slice(0, start, Math.Min(start + Size, images.shape[0]), 1), start, at).MoveToOuterDisposeScope());
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>Features and logits of all images without what leads to them, as leaves of the loss.</summary>
    private (Tensor Features, Tensor Logits) Outputs(Tensor images, Seed dropout)
    {
        using var still = no_grad();
        var features = new List<Tensor>();
        var logits = Each(images, (piece, _, at) =>
        {
            var (read, answered) = Open(piece, dropout.For(at!.Value));
            features.Add(read.detach().DetachFromDisposeScope());
            return answered.detach();
        });
        var all = cat(features);
        features.ForEach(feature => feature.Dispose());
        return (all.requires_grad_(), logits.requires_grad_());
    }

    private (Tensor Features, Tensor Logits) Open(Tensor images, Seed dropout)
    {
        using var generator = dropout.On(run.Device.ToTorch());
        network.DropoutGenerator = generator;
        return precision.Open(network, images);
    }
}
