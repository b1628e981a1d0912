using Pentimento.Data;
using Pentimento.Sparse;
using static TorchSharp.torch;

namespace Pentimento.Tests.Sparse;

/// <summary>The oracle's autoencoder of 256 features of 64 inputs, and rows for it.</summary>
internal static class Dictionary
{
    private static readonly IReadOnlyDictionary<string, NpyArray> Arrays = Npz.Read(Oracle.At("sae.npz"));

    /// <summary>float32 (512, 64).</summary>
    public static Tensor Rows => Read("x");

    /// <summary>bool (256).</summary>
    public static Tensor Dead => tensor((bool[])Arrays["dead_mask"].Data);

    /// <summary>The oracle's weights; the variant's own start where they do.</summary>
    public static Autoencoder With(Variant variant)
    {
        using var still = no_grad();
        var autoencoder = new Autoencoder(variant, 64, 256);
        autoencoder.Encoder.copy_(Read("W_enc"));
        autoencoder.EncoderBias.copy_(Read("b_enc"));
        autoencoder.Decoder.copy_(Read("W_dec"));
        autoencoder.DecoderBias.copy_(Read("b_dec"));
        return autoencoder;
    }

    private static Tensor Read(string name) => tensor((float[])Arrays[name].Data).view(Arrays[name].Shape);
}
