using System.Text;
using TorchSharp;

namespace Pentimento.Foundation;

/// <summary>The source of every random number: a value from which named, independent streams are derived.</summary>
/// <remarks>
/// Derivation is FNV-1a over the name, mixed by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014, "Fast splittable
/// pseudorandom number generators"). A new consumer takes a new name and so never shifts an old one.
/// </remarks>
/// <param name="Value">The 64 bits that decide everything.</param>
public readonly record struct Seed(ulong Value)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The stream of one purpose, e.g. <c>seed.For("start")</c>.</summary>
    public Seed For(string purpose)
    {
        var hash = 0xCBF29CE484222325;
        var longest = Encoding.UTF8.GetMaxByteCount(purpose.Length);
        var letters = longest <= 256 ? stackalloc byte[longest] : new byte[longest];
        foreach (var letter in letters[..Encoding.UTF8.GetBytes(purpose, letters)]) hash = (hash ^ letter) * 0x100000001B3;
        return new(Mix(Value ^ Mix(hash)));
    }

    /// <summary>The stream of one item of a purpose: an image, a step, a trial.</summary>
    public Seed For(long index) => new(Mix(Value + (Golden * ((ulong)index + 1))));

    /// <summary>A libtorch generator at the start of this stream; the caller disposes it.</summary>
    public torch.Generator On(torch.Device device) => new(Value, device);

    /// <summary>Mixes 64 bits so that each output bit depends on each input bit.</summary>
    internal static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
