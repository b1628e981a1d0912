using System.Text;

namespace Pentimento.Foundation;

/// <summary>Names in kebab case, as users write them, and suggestions for misspelled ones.</summary>
internal static class Names
{
    /// <summary>Converts a type's or property's name from Pascal to kebab case: <c>WarmUp</c> becomes <c>warm-up</c>.</summary>
    public static string Kebab(string pascal)
    {
        var text = new StringBuilder();
        for (var at = 0; at < pascal.Length; at++)
        {
            if (char.IsUpper(pascal[at]) && at > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(pascal[at]));
        }

        return text.ToString();
    }

    /// <summary>Lists the known names in a sentence and suggests the nearest to an unknown one, if one is near.</summary>
    public static string Suggest(string unknown, IEnumerable<string> known)
    {
        var names = known.ToList();
        var hint = Nearest(unknown, names) is { } nearest ? $"did you mean '{nearest}'? " : "";
        return $"{hint}Known: {string.Join(", ", names)}.";
    }

    /// <summary>The known name that was probably meant, or null where none is near.</summary>
    internal static string? Nearest(string unknown, IEnumerable<string> known) =>
        known.MinBy(name => Distance(unknown, name)) is { } nearest && Distance(unknown, nearest) <= Math.Max(2, unknown.Length / 3) ? nearest : null;

    /// <summary>The edit distance of two words: insertions, deletions and substitutions (Levenshtein, 1966).</summary>
    public static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
