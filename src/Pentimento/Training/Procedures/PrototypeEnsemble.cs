using static TorchSharp.torch;

namespace Pentimento.Training.Procedures;

/// <summary>Several classifiers by distance to a prototype of each class, in the directions of features less their mean over the features.</summary>
/// <param name="prototypes">float32 (H, K, F).</param>
/// <param name="scales">float32 (H), the positive distance scale of each.</param>
internal sealed class PrototypeEnsemble(Tensor prototypes, Tensor scales)
{
    /// <summary>The number that a cosine is multiplied with in training: the entropic scale.</summary>
    public const double Entropic = 30;

    /// <summary>float32 (H, K, F).</summary>
    public Tensor Prototypes { get; } = prototypes;

    /// <summary>The distances, (N, K), of directions (N, F) to prototypes (K, F), both taken to length 1.</summary>
    public static Tensor Distances(Tensor directions, Tensor prototypes)
    {
        var cosines = directions.mm(nn.functional.normalize(prototypes, dim: 1).t());
        // Away from 0, where the root has no slope.
        return (2 - (2 * cosines)).clamp(min: 1e-6).sqrt();
    }

    /// <summary>Features (N, F) as directions: less each image's mean, of length 1.</summary>
    public static Tensor Directions(Tensor features) => nn.functional.normalize(features - features.mean([1], keepdim: true), dim: 1);

    /// <summary>The mean over classifiers of the softmax of their negative scaled distances, (N, K).</summary>
    public Tensor Probabilities(Tensor features)
    {
        var directions = Directions(features);
        return stack(Each().Select(head => nn.functional.softmax(-head.Scale * Distances(directions, head.Prototypes), 1))).mean([0]);
    }

    /// <summary>One linear map of the features, weight (K, F), whose output is the sum of the classifiers' scaled cosines, times a length.</summary>
    /// <param name="features">float32 (N, F), by which the logits are scaled.</param>
    public Tensor Folded(Tensor features)
    {
        var sum = stack(Each().Select(head => head.Scale * nn.functional.normalize(head.Prototypes, dim: 1))).mean([0]);
        // (f - mean of f) · p = f · (p - mean of p).
        var centered = sum - sum.mean([1], keepdim: true);
        var length = (features - features.mean([1], keepdim: true)).norm(1).mean().item<float>();
        // Near a right angle a distance, the root of 2 - 2 cos, falls by 1/√2 of the cosine.
        return centered * (Entropic / Math.Sqrt(2) / Math.Max(length, 1e-6));
    }

    private IEnumerable<(Tensor Prototypes, Tensor Scale)> Each() =>
        Enumerable.Range(0, (int)Prototypes.shape[0]).Select(at => (Prototypes[at], scales[at]));
}
