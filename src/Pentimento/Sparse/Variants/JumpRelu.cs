using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse.Variants;

/// <summary>JumpReLU: each feature has a learned threshold below which it is 0; the loss penalises L0.</summary>
/// <remarks>
/// Rajamanoharan et al., 2024, "Jumping ahead: improving reconstruction fidelity with JumpReLU sparse autoencoders", arXiv:2407.14435. The step has
/// no gradient by its threshold, so that of a rectangle of some width around the step stands in (eq. 11 and 12).
/// </remarks>
/// <param name="Sparsity">λ, what an active feature costs against the squared error of an input, in units of the inputs' mean variance.</param>
/// <param name="Bandwidth">ε, the width of the rectangle, in the unit of the features.</param>
/// <param name="Threshold">θ, the initial thresholds.</param>
[Called("jump-relu")]
internal sealed record JumpRelu(
    [Range(0.0, 1000.0)] double Sparsity = 0.3,
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double Bandwidth = 0.3,
    [Range(0.0, 100.0, MinimumIsExclusive = true)] double Threshold = 0.3) : Variant
{
    private const string Thresholds = "threshold";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Extras => new Dictionary<string, double> { [Thresholds] = Threshold };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scaled => [Thresholds];

    /// <inheritdoc/>
    internal override Tensor Encode(Autoencoder autoencoder, Tensor rows)
    {
        var preactivations = autoencoder.Preactivations(rows);
        return preactivations * preactivations.gt(autoencoder.Extra(Thresholds).relu());
    }

    /// <inheritdoc/>
    internal override string Form(OnnxBuilder writer, Autoencoder autoencoder, string preactivations) =>
        writer.Above("features", preactivations, preactivations, writer.Weight("threshold", autoencoder.Extra(Thresholds).relu()));

    /// <inheritdoc/>
    internal override StepOutput TrainingLoss(Autoencoder autoencoder, Tensor rows, Tensor? dead)
    {
        var preactivations = autoencoder.Preactivations(rows);
        var threshold = autoencoder.Extra(Thresholds).relu();
        var active = preactivations.gt(threshold).to_type(float32);
        // Within the rectangle a higher threshold removes features at the rate 1 / ε, each of the threshold's size.
        var rate = -(preactivations - threshold).abs().le(Bandwidth / 2).to_type(float32).detach() / Bandwidth;
        var features = (preactivations * active) + WithGradientOf(rate * threshold.detach(), threshold);
        var rebuilt = autoencoder.Decode(features);
        var count = (active + WithGradientOf(rate, threshold)).sum() / rows.shape[0];
        return new(SquaredError(rebuilt, rows) + (Sparsity * count), features, rebuilt);
    }

    /// <summary>0, whose gradient by a variable is <paramref name="slope"/>.</summary>
    private static Tensor WithGradientOf(Tensor slope, Tensor variable) => slope * (variable - variable.detach());
}
