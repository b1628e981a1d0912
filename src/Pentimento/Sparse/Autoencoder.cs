using Pentimento.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Sparse;

/// <summary>
/// A sparse autoencoder: encodes a row of activations as a sparse vector of features and decodes it as the sum of their
/// directions.
/// </summary>
/// <remarks>Row conventions throughout: h = (x - b_dec) W_enc + b_enc, x̂ = a W_dec + b_dec, x a row of C activations and a one of F
/// features.</remarks>
internal sealed class Autoencoder : nn.Module<Tensor, Tensor>
{
    /// <summary>Creates an autoencoder with all weights 0.</summary>
    /// <param name="variant">The kind of autoencoder.</param>
    /// <param name="inputs">C, the input dimension.</param>
    /// <param name="features">F, the number of features.</param>
    public Autoencoder(Variant variant, long inputs, long features) : base(nameof(Autoencoder))
    {
        (Variant, Inputs, Features) = (variant, inputs, features);
        Register("encoder", zeros(inputs, features));
        Register("encoder_bias", zeros(features));
        Register("decoder", zeros(features, inputs));
        Register("decoder_bias", zeros(inputs));
        foreach (var (name, start) in variant.Extras) Register(name, full(features, start, float32));
        eval();
    }

    /// <summary>The kind of autoencoder: its activation function and loss.</summary>
    public Variant Variant { get; }

    /// <summary>C, the input dimension.</summary>
    public long Inputs { get; }

    /// <summary>F, the number of features.</summary>
    public long Features { get; }

    /// <summary>W_enc, float32 (C, F).</summary>
    public Parameter Encoder => Extra("encoder");

    /// <summary>b_enc, float32 (F).</summary>
    public Parameter EncoderBias => Extra("encoder_bias");

    /// <summary>W_dec, float32 (F, C): row f is the direction of feature f, of length 1 after training.</summary>
    public Parameter Decoder => Extra("decoder");

    /// <summary>b_dec, float32 (C).</summary>
    public Parameter DecoderBias => Extra("decoder_bias");

    /// <summary>A weight that only this variant has, float32 (F).</summary>
    // Looked up each time: moving to another device replaces the parameters.
    public Parameter Extra(string name) => get_parameter(name)!;

    /// <summary>(x - b_dec) W_enc, float32 (N, F), of rows float32 (N, C).</summary>
    // The bias is taken through the encoder as one row, so that no gradient by x is ever formed.
    public Tensor Project(Tensor rows) => Map(rows, Encoder, -DecoderBias.unsqueeze(0).matmul(Encoder).squeeze(0));

    /// <summary>h = (x - b_dec) W_enc + b_enc, float32 (N, F), of rows float32 (N, C).</summary>
    public Tensor Preactivations(Tensor rows) => Map(rows, Encoder, EncoderBias - DecoderBias.unsqueeze(0).matmul(Encoder).squeeze(0));

    /// <summary>Encodes rows: the activations a of the features, float32 (N, F), 0 for most, of rows float32 (N, C).</summary>
    public Tensor Encode(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return Variant.Encode(this, rows).MoveToOuterDisposeScope();
    }

    /// <summary>Writes <see cref="Encode"/> as ONNX, of a value (..., C).</summary>
    /// <returns>The value (..., F) of the features.</returns>
    public string EncodeForm(OnnxBuilder writer, string rows)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var projected = writer.With("MatMul", "encoded", rows, Encoder);
        var bias = EncoderBias - DecoderBias.unsqueeze(0).matmul(Encoder).squeeze(0);
        return Variant.Form(writer, this, writer.With("Add", "preactivations", projected, bias));
    }

    /// <summary>Writes <see cref="Decode"/> as ONNX, of a value (..., F).</summary>
    /// <returns>The value (..., C) of the reconstruction.</returns>
    public string DecodeForm(OnnxBuilder writer, string name, string features) =>
        writer.With("Add", name, writer.With("MatMul", $"{name}.sum", features, Decoder), DecoderBias);

    /// <summary>Decodes features to rows, float32 (N, C).</summary>
    public Tensor Decode(Tensor features) => Map(features, Decoder, DecoderBias);

    /// <summary>Encodes and decodes: the reconstruction of rows, float32 (N, C).</summary>
    public override Tensor forward(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return Decode(Variant.Encode(this, rows)).MoveToOuterDisposeScope();
    }

    private static Tensor Map(Tensor rows, Tensor matrix, Tensor bias) => RowProduct.Of(rows, matrix.t(), bias);

    private void Register(string name, Tensor start)
    {
        // Weights belong to the module, not to the scope in which it was made.
        var parameter = nn.Parameter(start);
        parameter.DetachFromDisposeScope();
        register_parameter(name, parameter);
    }
}
