using System.Globalization;
using System.Text;

namespace Pentimento.Foundation;

/// <summary>Text from files and users on its way to a terminal or a message: without control characters, and no longer than a line.</summary>
internal static class Printable
{
    private const int Longest = 120;

    /// <summary>The text with every control and formatting character, ANSI escapes among them, replaced; line ends may stay.</summary>
    public static string Of(string text, bool lines = false)
    {
        if (!text.Any(letter => Hidden(letter, lines))) return text;
        return new StringBuilder(text.Length).AppendJoin("", text.Select(letter => Hidden(letter, lines) ? '\uFFFD' : letter)).ToString();
    }

    /// <summary>The beginning of a text, enough to recognise it by.</summary>
    public static string Short(string text, int longest = Longest)
    {
        var start = Of(text.Length <= longest ? text : text[..longest]);
        return text.Length <= longest ? start : $"{start}...";
    }

    // Format characters turn the direction of what follows; half a surrogate pair is no letter.
    private static bool Hidden(char letter, bool lines) =>
        !(lines && letter is '\n' or '\r' or '\t')
        && char.GetUnicodeCategory(letter)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
