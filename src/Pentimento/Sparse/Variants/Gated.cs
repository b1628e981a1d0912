using System.ComponentModel.DataAnnotations;
using Pentimento.Foundation.Configuration;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Sparse.Variants;

/// <summary>The gated autoencoder: one path of the encoder decides which features are active, the other their magnitude, so that the penalty does
/// not shrink activations.</summary>
/// <remarks>
/// Rajamanoharan et al., 2024, "Improving dictionary learning with gated sparse autoencoders", arXiv:2404.16014. Both paths share directions, up
/// to a factor e^r for each feature (eq. 7); the gates learn from a reconstruction of their own through a copy of the decoder that does not
/// learn (eq. 8).
/// </remarks>
/// <param name="Sparsity">λ, how much the sum of a row's gates weighs against the squared error of an input, in units of the inputs' mean
/// variance.</param>
[Called("gated")]
internal sealed record Gated([Range(0.0, 1000.0)] double Sparsity = 1) : Variant
{
    private const string Factor = "log_factor";
    private const string MagnitudeBias = "magnitude_bias";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Extras => new Dictionary<string, double> { [Factor] = 0, [MagnitudeBias] = 0 };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Scaled => [MagnitudeBias];

    /// <inheritdoc/>
    internal override Tensor Encode(Autoencoder autoencoder, Tensor rows) => Features(autoencoder, rows).Features;

    /// <inheritdoc/>
    internal override string Form(OnnxBuilder writer, Autoencoder autoencoder, string preactivations)
    {
        var projected = writer.With("Sub", "projected", preactivations, autoencoder.EncoderBias);
        var scaled = writer.With("Mul", "scaled", projected, autoencoder.Extra(Factor).exp());
        var magnitudes = writer.Add("Relu", "magnitudes", [writer.With("Add", "shifted", scaled, autoencoder.Extra(MagnitudeBias))]);
        return writer.Above("features", magnitudes, preactivations, writer.Weight("zero", zeros(1)));
    }

    /// <inheritdoc/>
    internal override StepOutput TrainingLoss(Autoencoder autoencoder, Tensor rows, Tensor? dead)
    {
        var (gates, features) = Features(autoencoder, rows);
        var rebuilt = autoencoder.Decode(features);
        var active = gates.relu();
        var byGates = addmm(autoencoder.DecoderBias.detach(), active, autoencoder.Decoder.detach(), 1, 1);
        var penalty = active.matmul(autoencoder.Decoder.norm(1)).mean();
        return new(SquaredError(rebuilt, rows) + (Sparsity * penalty) + SquaredError(byGates, rows), features, rebuilt);
    }

    private static (Tensor Gates, Tensor Features) Features(Autoencoder autoencoder, Tensor rows)
    {
        var projected = autoencoder.Project(rows);
        var gates = projected + autoencoder.EncoderBias;
        var magnitudes = ((projected * autoencoder.Extra(Factor).exp()) + autoencoder.Extra(MagnitudeBias)).relu();
        return (gates, magnitudes * gates.gt(0));
    }
}
