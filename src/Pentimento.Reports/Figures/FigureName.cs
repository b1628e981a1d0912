using System.Text.RegularExpressions;

namespace Pentimento.Reports.Figures;

/// <summary>Names of figures, which hold names of sets and networks, as names of files and of things inside an SVG.</summary>
internal static partial class FigureName
{
    /// <summary>The name with all but letters, digits, dots, hyphens, equals signs and underscores replaced: part of no path, of no tag.</summary>
    public static string Safe(string name) => Other().Replace(name, "-").TrimStart('.') is { Length: > 0 } safe ? safe : "figure";

    /// <summary>The first clause of a figure's description, which says what it is; what follows are its numbers.</summary>
    public static string HeadingOf(string alt)
    {
        var clause = Clause().Match(alt).Value.Replace("Bars of ", "", StringComparison.Ordinal).Trim();
        return clause.Length == 0 ? "" : $"{char.ToUpperInvariant(clause[0])}{clause[1..]}";
    }

    [GeneratedRegex(@"^.*?(?=[.;:](\s|$)|$)", RegexOptions.Singleline)]
    private static partial Regex Clause();

    [GeneratedRegex(@"[^\w.=-]")]
    private static partial Regex Other();
}
