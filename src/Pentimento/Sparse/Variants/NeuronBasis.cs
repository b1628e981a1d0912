using static TorchSharp.torch;

namespace Pentimento.Sparse.Variants;

/// <summary>The neuron basis as a dictionary: its features are the neurons, or channels, themselves.</summary>
internal static class NeuronBasis
{
    /// <summary>An autoencoder whose encoder and decoder are the identity, with ReLU between them; the caller disposes it.</summary>
    /// <param name="inputs">C, the number of neurons, and of features.</param>
    public static Autoencoder Of(long inputs)
    {
        using var noGrad = no_grad();
        var axes = new Autoencoder(new ReluL1(), inputs, inputs);
        using var ones = eye(inputs);
        foreach (var weight in new[] { axes.Encoder, axes.Decoder }) weight.copy_(ones);
        return axes;
    }
}
