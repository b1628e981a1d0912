using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pentimento.Data;

/// <summary>The height and width that pictures are scaled to.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct PictureSize(int Height, int Width) : IParsable<PictureSize>
{
    private const int Largest = 4096;

    /// <summary>Reads <c>HEIGHTxWIDTH</c>, as in <c>64x48</c>, or one number for both.</summary>
    /// <exception cref="BadInputException">It is not of this form, or a side is outside 1 to 4096.</exception>
    public static PictureSize Parse(string s, IFormatProvider? provider = null)
    {
        Require.That(TryParse(s, provider, out var size), $"'{s}' is not a size of pictures such as 64x48 or 64, with sides from 1 to {Largest}.");
        return size;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PictureSize result)
    {
        var sides = (s ?? "").Split('x', 'X');
        var lengths = Array.ConvertAll(sides, side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture,
            out var length) ? length : 0);
        result = new(lengths[0], lengths[^1]);
        return lengths.Length is 1 or 2 && lengths.All(length => length is >= 1 and <= Largest);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Height}x{Width}";
}
