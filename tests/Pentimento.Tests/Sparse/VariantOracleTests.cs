using Pentimento.Sparse;
using Pentimento.Sparse.Variants;
using static TorchSharp.torch;

namespace Pentimento.Tests.Sparse;

/// <summary>Forward, loss and gradients on the oracle's weights: SAELens' for relu-l1 and top-k, for the others the papers' formulas in
/// PyTorch at double precision.</summary>
public sealed class VariantOracleTests
{
    [Fact]
    public void Relu_with_an_l1_penalty_is_saelens() => AssertOracle("sae_relu_l1", new ReluL1(Sparsity: 0.5), dead: null);

    [Fact]
    public void Top_k_is_saelens() => AssertOracle("sae_topk", new TopK(K: 16), dead: null);

    [Fact]
    public void The_auxiliary_loss_of_dead_features_is_saelens_but_for_the_decoders_bias()
    {
        using var scope = NewDisposeScope();
        using var autoencoder = Dictionary.With(new TopK(K: 16));
        var rows = Dictionary.Rows;
        var preactivations = autoencoder.Preactivations(rows);
        var rebuilt = autoencoder.Decode(TopK.Largest(preactivations, 16).relu());
        // SAELens adds the decoder's bias to the auxiliary reconstruction, as the first code did not: seen from here, to the error.
        var error = (rows - rebuilt).detach() - autoencoder.DecoderBias;

        var auxiliary = TopK.AuxiliaryError(autoencoder, preactivations, error, Dictionary.Dead);
        var loss = Variant.SquaredError(rebuilt, rows) + auxiliary;
        loss.backward();

        var expected = Oracle.Numbers.GetProperty("sae").GetProperty("sae_topk_aux");
        AssertNear(expected.GetProperty("auxiliary_reconstruction_loss").GetDouble(), auxiliary.item<float>());
        AssertNear(expected.GetProperty("loss").GetDouble(), loss.item<float>());
        AssertGradients("sae_topk_aux", autoencoder);
    }

    [Fact]
    public void Without_dead_features_there_is_no_auxiliary_loss_and_with_them_it_is_weighed()
    {
        using var scope = NewDisposeScope();
        using var autoencoder = Dictionary.With(new TopK(K: 16, Auxiliary: 0.5));
        var (rows, variant) = (Dictionary.Rows, autoencoder.Variant);
        var plain = variant.TrainingLoss(autoencoder, rows, null);
        var auxiliary = TopK.AuxiliaryError(autoencoder, autoencoder.Preactivations(rows), (rows - plain.Rebuilt).detach(), Dictionary.Dead)
            .item<float>();

        AssertNear(plain.Loss.item<float>(), variant.TrainingLoss(autoencoder, rows, zeros(256, @bool)).Loss.item<float>());
        AssertNear(plain.Loss.item<float>() + (0.5 * auxiliary), variant.TrainingLoss(autoencoder, rows, Dictionary.Dead).Loss.item<float>());
    }

    [Fact]
    public void Batch_top_k_shares_its_features_over_the_batch() =>
        AssertNumbers(new BatchTopK(K: 16), 515.1232154492129, 15010.07856690557, 265.37013714817755, 14888.507989963313, 230.8790466093347);

    [Fact]
    public void Matryoshka_sums_the_errors_of_dictionaries_within_dictionaries() =>
        AssertNumbers(
            new Matryoshka(K: 16, Levels: 3),
            323.98736810274863,
            7418.6761951166045,
            134.23977920824,
            7067.7377154338365,
            115.22806418648385);

    [Fact]
    public void Gated_learns_by_three_terms()
    {
        using var autoencoder = Dictionary.With(new Gated(Sparsity: 0.5));
        using (no_grad())
        {
            autoencoder.Extra("log_factor").fill_(0.1);
            autoencoder.Extra("magnitude_bias").fill_(0.2);
        }

        AssertNumbers(autoencoder, 2357.419457344402, 80856.52258738289, 924.1073333731679, 60282.91591395615, 2262.118109038767);
        AssertNear(3091.0332376755814, Sum(autoencoder.Extra("log_factor")));
        AssertNear(1110.4427003308015, Sum(autoencoder.Extra("magnitude_bias")));
    }

    [Fact]
    public void Jump_relu_learns_its_thresholds_from_a_rectangle_around_the_step()
    {
        using var autoencoder = Dictionary.With(new JumpRelu(Sparsity: 0.3, Bandwidth: 0.4, Threshold: 0.5));

        AssertNumbers(autoencoder, 923.2862091479085, 31766.771603645742, 807.6755581536449, 38275.041371323474, 743.247982248582);
        AssertNear(104.13042488331348, Sum(autoencoder.Extra("threshold")));
        // With its sign: a higher threshold costs error and saves features.
        Assert.Equal(-75.46921452955148, autoencoder.Extra("threshold").grad!.sum().item<float>(), 0.02);
    }

    [Fact]
    public void At_rest_batch_top_k_is_active_above_the_mean_of_the_smallest_kept()
    {
        using var scope = NewDisposeScope();
        using var autoencoder = Dictionary.With(new BatchTopK(K: 16));

        autoencoder.Variant.FinalizeWeights(autoencoder, Dictionary.Rows);

        // All 512 rows are one batch, whose smallest kept value is the 16 · 512th.
        Assert.Equal(2.5682316787890778, autoencoder.Extra("threshold")[0].item<float>(), 1e-4);
        Assert.InRange(autoencoder.Encode(Dictionary.Rows).ne(0).sum().item<long>() / 512.0, 15.9, 16.0);
        Assert.True(autoencoder.Encode(Dictionary.Rows[0].unsqueeze(0)).allclose(autoencoder.Encode(Dictionary.Rows)[0].unsqueeze(0), atol: 1e-4));
    }

    private static void AssertOracle(string name, Variant variant, Tensor? dead)
    {
        using var scope = NewDisposeScope();
        using var autoencoder = Dictionary.With(variant);
        var output = variant.TrainingLoss(autoencoder, Dictionary.Rows, dead);
        output.Loss.backward();

        AssertNear(Oracle.Numbers.GetProperty("sae").GetProperty(name).GetProperty("loss").GetDouble(), output.Loss.item<float>());
        Oracle.AssertRelative($"{name}_acts", autoencoder.Encode(Dictionary.Rows).slice(0, 0, 64, 1), 1e-4);
        Oracle.AssertRelative($"{name}_acts", output.Features.slice(0, 0, 64, 1), 1e-4);
        Oracle.AssertRelative($"{name}_out", autoencoder.call(Dictionary.Rows).slice(0, 0, 64, 1), 1e-4);
        AssertGradients(name, autoencoder);
    }

    private static void AssertGradients(string name, Autoencoder autoencoder)
    {
        Oracle.AssertRelative($"{name}_grad_W_enc", autoencoder.Encoder.grad!, 1e-4);
        Oracle.AssertRelative($"{name}_grad_b_enc", autoencoder.EncoderBias.grad!, 1e-4);
        Oracle.AssertRelative($"{name}_grad_W_dec", autoencoder.Decoder.grad!, 1e-4);
        Oracle.AssertRelative($"{name}_grad_b_dec", autoencoder.DecoderBias.grad!, 1e-4);
    }

    private static void AssertNumbers(Variant variant, params double[] expected)
    {
        using var autoencoder = Dictionary.With(variant);
        AssertNumbers(autoencoder, expected);
    }

    private static void AssertNumbers(Autoencoder autoencoder, params double[] expected)
    {
        using var scope = NewDisposeScope();
        var loss = autoencoder.Variant.TrainingLoss(autoencoder, Dictionary.Rows, null).Loss;
        loss.backward();

        AssertNear(expected[0], loss.item<float>());
        foreach (
            var (parameter, at) in new[] { autoencoder.Encoder, autoencoder.EncoderBias, autoencoder.Decoder, autoencoder.DecoderBias }.Select(
                (parameter, at) => (parameter, at)))
            AssertNear(expected[at + 1], Sum(parameter));
    }

    private static double Sum(Tensor parameter)
    {
        using var scope = NewDisposeScope();
        return parameter.grad!.abs().sum().item<float>();
    }

    private static void AssertNear(double expected, double actual) => Assert.InRange(actual, expected * (1 - 2e-4), expected * (1 + 2e-4));
}
