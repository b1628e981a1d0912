using System.Diagnostics.CodeAnalysis;

namespace Pentimento.Operations;

/// <summary>A reference to a trained network: a file of ours, or weights whose architecture is said beside it.</summary>
/// <param name="File">The path of a <c>.safetensors</c>, <c>.pth</c> or <c>.npz</c>.</param>
public sealed record NetworkRef(string File) : IParsable<NetworkRef>
{
    /// <summary>The file's name without its ending, as tables and pages call the network.</summary>
    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>Reads a reference.</summary>
    public static implicit operator NetworkRef(string file) => Parse(file);

    /// <summary>Reads a reference.</summary>
    /// <exception cref="BadInputException">The text is empty.</exception>
    public static NetworkRef Parse(string s, IFormatProvider? provider = null)
    {
        Require.That(!string.IsNullOrWhiteSpace(s), $"The file of a network is needed; got an empty name.");
        return new(s);
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out NetworkRef result)
    {
        result = string.IsNullOrWhiteSpace(s) ? null : new(s);
        return result is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => File;
}
