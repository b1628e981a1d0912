using static TorchSharp.torch;

namespace Pentimento.Training;

/// <summary>A network's outputs for one environment's part of a batch, with the labels.</summary>
/// <param name="logits">float32 (N, K).</param>
/// <param name="labels">int64 (N).</param>
/// <param name="features">float32 (N, F), the inputs of the last layer, before any dropout.</param>
/// <param name="places">int64 (N), the images' indices in the environment.</param>
internal readonly struct EnvironmentOutput(Tensor logits, Tensor labels, Tensor? features = null, Tensor? places = null)
{
    /// <summary>float32 (N, K).</summary>
    public Tensor Logits { get; } = logits;

    /// <summary>int64 (N).</summary>
    public Tensor Labels { get; } = labels;

    /// <summary>float32 (N, F), the inputs of the last layer, before any dropout.</summary>
    public Tensor Features => features ?? throw new InvalidOperationException("These outputs came without features.");

    /// <summary>int64 (N), the images' indices in the environment.</summary>
    public Tensor Places => places ?? throw new InvalidOperationException("These outputs came without places.");

    /// <summary>The mean cross-entropy, in nats.</summary>
    public Tensor Risk() => nn.functional.cross_entropy(Logits, Labels);

    /// <summary>The gradient of each image's cross-entropy by its logits, softmax less one-hot, (N, K).</summary>
    public Tensor Residual() => nn.functional.softmax(Logits, 1) - nn.functional.one_hot(Labels, Logits.shape[1]).to_type(Logits.dtype);

    /// <summary>The mean over environments of each one's mean cross-entropy.</summary>
    public static Tensor MeanRisk(IReadOnlyList<EnvironmentOutput> environments) => stack(environments.Select(output => output.Risk())).mean();
}
