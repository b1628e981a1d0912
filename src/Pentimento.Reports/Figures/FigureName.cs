using System.Text.RegularExpressions;

namespace Pentimento.Reports.Figures;

/// <summary>Names of figures, which hold names of sets and networks, as names of files and of things inside an SVG.</summary>
internal static partial class FigureName
{
    /// <summary>The name with everything but letters, digits, dots, hyphens, equals signs and underscores replaced: part of no path, of no tag.</summary>
    public static string Safe(string name) => Other().Replace(name, "-").TrimStart('.') is { Length: > 0 } safe ? safe : "figure";

    [GeneratedRegex(@"[^\w.=-]")]
    private static partial Regex Other();
}
