using System.Text;
using TorchSharp;

namespace Pentimento.Foundation;

/// <summary>A random seed from which named, independent seeds are derived; the source of every random number.</summary>
/// <remarks>
/// Derivation is FNV-1a over the name, mixed by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014, "Fast splittable
/// pseudorandom number generators"). A new consumer takes a new name and so never shifts an old one.
/// </remarks>
/// <param name="Value">The 64 bits of the seed.</param>
internal readonly record struct Seed(ulong Value)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Derives the seed of one purpose, e.g. <c>seed.For("start")</c>.</summary>
    public Seed For(string purpose)
    {
        var hash = 0xCBF29CE484222325;
        var longest = Encoding.UTF8.GetMaxByteCount(purpose.Length);
        var letters = longest <= 256 ? stackalloc byte[longest] : new byte[longest];
        foreach (var letter in letters[..Encoding.UTF8.GetBytes(purpose, letters)]) hash = (hash ^ letter) * 0x100000001B3;
        return new(Mix(Value ^ Mix(hash)));
    }

    /// <summary>Derives the seed of one item of a purpose: an image, a step, a training.</summary>
    public Seed For(long index) => new(Mix(Value + (Golden * ((ulong)index + 1))));

    /// <summary>Creates a libtorch random number generator with this seed; the caller disposes it.</summary>
    public torch.Generator On(torch.Device device) => new(Value, device);

    /// <summary>Mixes 64 bits so that each output bit depends on each input bit.</summary>
    internal static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
