using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>A hash by which networks of the same weights are known, wherever they lie and whatever their files are called.</summary>
internal static class WeightHash
{
    /// <summary>The SHA-256 of a network's weights with their names, in lower-case hexadecimal digits.</summary>
    public static string Of(Classifier network)
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, weights) in network.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(weights.detach().cpu().contiguous().bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
