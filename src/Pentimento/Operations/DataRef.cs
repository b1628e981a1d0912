using System.Diagnostics.CodeAnalysis;

namespace Pentimento.Operations;

/// <summary>
/// A reference to images: a painted set's name (<c>rg_95z</c>, or <c>rg_95z:cue=background:seed=3</c> painted otherwise), a built folder,
/// an <c>.npz</c> or a folder of pictures, with <c>:train</c> or
/// <c>:test</c> where it does not say by itself which split is meant, and with the values of attributes that images must have, as in
/// <c>photos:test[place=water]</c>.
/// </summary>
/// <param name="Text">The reference as users write it.</param>
public sealed record DataRef(string Text) : IParsable<DataRef>
{
    /// <summary>Reads a reference.</summary>
    public static implicit operator DataRef(string text) => Parse(text);

    /// <summary>Reads a reference.</summary>
    /// <exception cref="BadInputException">The text is empty.</exception>
    public static DataRef Parse(string s, IFormatProvider? provider = null)
    {
        Require.That(!string.IsNullOrWhiteSpace(s), $"A set of images is needed, such as rg_95z or a folder; got an empty name.");
        return new(s.Trim());
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out DataRef result)
    {
        result = string.IsNullOrWhiteSpace(s) ? null : new(s.Trim());
        return result is not null;
    }

    /// <summary>
    /// A SHA-256 of what the reference means, not of how it is written: a painted set's name, palette, seed and the painter's version; of anything
    /// on disk its bytes.
    /// </summary>
    /// <param name="run">Stops the reading of files.</param>
    /// <exception cref="BadInputException">There is no such set.</exception>
    internal string Hash(RunContext run) => DataLibrary.Hash(Text, run);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
