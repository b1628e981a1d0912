using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pentimento.Sparse;

/// <summary>
/// A sparse autoencoder: every row of activations becomes a few active features out of many, and is rebuilt as the sum of their
/// directions.
/// </summary>
/// <remarks>Row conventions throughout: h = (x - b_dec) W_enc + b_enc, x̂ = a W_dec + b_dec, x a row of C activations and a one of F
/// features.</remarks>
public sealed class Autoencoder : nn.Module<Tensor, Tensor>
{
    /// <summary>An autoencoder whose weights are all 0, until a training or a file fills them.</summary>
    /// <param name="variant">How features become active.</param>
    /// <param name="inputs">C, the activations of a row.</param>
    /// <param name="features">F, the features.</param>
    public Autoencoder(Variant variant, long inputs, long features) : base(nameof(Autoencoder))
    {
        (Variant, Inputs, Features) = (variant, inputs, features);
        Encoder = Register("encoder", zeros(inputs, features));
        EncoderBias = Register("encoder_bias", zeros(features));
        Decoder = Register("decoder", zeros(features, inputs));
        DecoderBias = Register("decoder_bias", zeros(inputs));
        foreach (var (name, start) in variant.Extras) Register(name, full(features, start, float32));
        eval();
    }

    /// <summary>A dictionary whose features are the neurons, or channels, themselves, as far as they are positive.</summary>
    /// <param name="inputs">C, and F.</param>
    public static Autoencoder OfAxes(long inputs)
    {
        using var still = no_grad();
        var axes = new Autoencoder(new Variants.ReluL1(), inputs, inputs);
        using var ones = eye(inputs);
        foreach (var weight in new[] { axes.Encoder, axes.Decoder }) weight.copy_(ones);
        return axes;
    }

    /// <summary>How features become active.</summary>
    public Variant Variant { get; }

    /// <summary>C, the activations of a row.</summary>
    public long Inputs { get; }

    /// <summary>F, the features.</summary>
    public long Features { get; }

    /// <summary>W_enc, float32 (C, F).</summary>
    public Parameter Encoder { get; }

    /// <summary>b_enc, float32 (F).</summary>
    public Parameter EncoderBias { get; }

    /// <summary>W_dec, float32 (F, C): row f is the direction of feature f, of length 1 after training.</summary>
    public Parameter Decoder { get; }

    /// <summary>b_dec, float32 (C).</summary>
    public Parameter DecoderBias { get; }

    /// <summary>A weight that only this variant has, float32 (F).</summary>
    public Parameter Extra(string name) => get_parameter(name)!;

    /// <summary>(x - b_dec) W_enc, float32 (N, F), of rows float32 (N, C).</summary>
    // The bias is taken through the encoder as one row, so that no gradient by x is ever formed.
    public Tensor Project(Tensor rows) => addmm(-DecoderBias.unsqueeze(0).matmul(Encoder), rows, Encoder, 1, 1);

    /// <summary>h = (x - b_dec) W_enc + b_enc, float32 (N, F), of rows float32 (N, C).</summary>
    public Tensor Preactivations(Tensor rows) => addmm(EncoderBias - DecoderBias.unsqueeze(0).matmul(Encoder), rows, Encoder, 1, 1);

    /// <summary>The activations a of the features, float32 (N, F), 0 for most, of rows float32 (N, C).</summary>
    public Tensor Encode(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return Variant.Encode(this, rows).MoveToOuterDisposeScope();
    }

    /// <summary>The rows that features stand for, float32 (N, C).</summary>
    public Tensor Decode(Tensor features) => addmm(DecoderBias, features, Decoder, 1, 1);

    /// <summary>The rows as far as the features tell of them, float32 (N, C).</summary>
    public override Tensor forward(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return Decode(Variant.Encode(this, rows)).MoveToOuterDisposeScope();
    }

    private Parameter Register(string name, Tensor start)
    {
        // Weights belong to the module, not to the scope in which it was made.
        var parameter = nn.Parameter(start);
        parameter.DetachFromDisposeScope();
        register_parameter(name, parameter);
        return parameter;
    }
}
