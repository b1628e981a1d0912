namespace Pentimento.Foundation;

/// <summary>Words as a POSIX shell takes them.</summary>
internal static class ShellWord
{
    /// <summary>The word as it is where a shell leaves it alone, else in quotes.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || ":=.,_-/+".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
