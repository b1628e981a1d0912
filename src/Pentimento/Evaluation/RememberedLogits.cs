using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pentimento.Data;
using Pentimento.Networks;
using static TorchSharp.torch;

namespace Pentimento.Evaluation;

/// <summary>The logits of networks that were read from files, remembered where a run asks for it, so that several operations on the same images
/// run the network once.</summary>
internal static class RememberedLogits
{
    /// <summary>The logits of a set, float32 (N, K) on the CPU: those of before where the network and the images are the same to the bit.</summary>
    /// <param name="network">Networks that were made in memory, such as edited ones, are always run.</param>
    /// <param name="set">The images.</param>
    /// <param name="run">Says whether logits are remembered.</param>
    /// <param name="compute">Runs the network.</param>
    public static Tensor Of(Classifier network, ImageSet set, RunContext run, Func<Tensor> compute)
    {
        if (run.Remembered is not { } known || network.Source is not { } source) return compute();
        // Its weights count as well as its file: training changes them in place.
        var key = $"{source} {WeightHash.Of(network)} {HashOf(set)}";
        if (known.TryGetValue(key, out var values)) return tensor(values, [set.Count, network.Classes]);
        var logits = compute();
        known[key] = logits.data<float>().ToArray();
        return logits;
    }

    /// <summary>The SHA-256 of a set's pixels and labels, in lower-case hexadecimal digits.</summary>
    public static string HashOf(ImageSet set)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Image by image: photographs are not all held at once.
        for (var at = 0; at < set.Count; at++) hash.AppendData(set.PixelsOf(at));
        hash.AppendData(MemoryMarshal.AsBytes(set.Labels.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
