using System.Globalization;

namespace Pentimento.Data;

/// <summary>The text of a NumPy header: a Python dictionary of <c>descr</c>, <c>fortran_order</c> and <c>shape</c>, in any order, read once
/// from left to right.</summary>
/// <param name="text">The header.</param>
internal ref struct NpyHeaderText(ReadOnlySpan<char> text)
{
    private const int LongestNumber = 18;
    private readonly ReadOnlySpan<char> text = text;
    private int at;
    private string? type;
    private bool? columnMajor;
    private long[]? shape;

    /// <summary>Reads it; null where it is not such a dictionary.</summary>
    public static (string Type, bool ColumnMajor, long[] Shape)? Read(string text)
    {
        var reader = new NpyHeaderText(text);
        return reader.Dictionary() && reader is { type: { } type, columnMajor: { } order, shape: { } shape } ? (type, order, shape) : null;
    }

    private bool Dictionary()
    {
        if (!Skip('{')) return false;
        while (!Skip('}'))
        {
            if (!Entry()) return false;
            if (Skip(',')) continue;
            if (!Skip('}')) return false;
            break;
        }

        Blank();
        return at == text.Length;
    }

    private bool Entry()
    {
        if (Quoted() is not { } key || !Skip(':')) return false;
        return key switch
        {
            "descr" when type is null => (type = Quoted()) is not null,
            "fortran_order" when columnMajor is null => (columnMajor = Word("True") ? true : Word("False") ? false : null) is not null,
            "shape" when shape is null => (shape = Tuple()) is not null,
            _ => false,
        };
    }

    private long[]? Tuple()
    {
        var sizes = new List<long>();
        if (!Skip('(')) return null;
        while (!Skip(')'))
        {
            if (Number() is not { } size) return null;
            sizes.Add(size);
            if (Skip(',')) continue;
            // NumPy writes (3,) for one dimension; (3) would be a number, but older writers meant a shape by it.
            if (!Skip(')')) return null;
            break;
        }

        return [.. sizes];
    }

    private long? Number()
    {
        Blank();
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        if (at == start || at - start > LongestNumber) return null;
        var number = long.Parse(text[start..at], NumberStyles.None, CultureInfo.InvariantCulture);
        // NumPy under Python 2 wrote long numbers as 3L.
        if (at < text.Length && text[at] == 'L') at++;
        return number;
    }

    private string? Quoted()
    {
        Blank();
        if (at == text.Length || text[at] is not ('\'' or '"')) return null;
        var end = text[(at + 1)..].IndexOf(text[at]);
        if (end < 0) return null;
        var inside = text.Slice(at + 1, end);
        at += end + 2;
        return inside.Contains('\\') ? null : inside.ToString();
    }

    private bool Word(string word)
    {
        Blank();
        if (!text[at..].StartsWith(word, StringComparison.Ordinal)) return false;
        at += word.Length;
        return true;
    }

    private bool Skip(char letter)
    {
        Blank();
        if (at == text.Length || text[at] != letter) return false;
        at++;
        return true;
    }

    private void Blank()
    {
        while (at < text.Length && (text[at] is ' ' or '\t' or '\n' or '\r')) at++;
    }
}
