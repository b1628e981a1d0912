using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Pentimento.Reports.Style;
using ScottPlot;

namespace Pentimento.Reports.Figures;

/// <summary>From the drawing library's SVG to one that browsers show well.</summary>
internal static partial class Svg
{
    // A finger needs room; where marks lie closer the page's script finds the nearest.
    private const int Reach = 9;

    /// <summary>An SVG element for a page: colours follow the page's theme, names inside collide with no other figure's, and marks show
    /// their numbers.</summary>
    public static string ForPage(string xml, string name, string alt, IEnumerable<(Pixel At, string Text)> marks)
    {
        var svg = Described(Declaration().Replace(xml, ""), name, alt);
        foreach (var (color, variable) in PlotColors.Themed)
            svg = svg.Replace($"\"{color.ToHex()}\"", $"\"var({variable})\"", StringComparison.OrdinalIgnoreCase);
        return Printable.Of(svg.Insert(svg.LastIndexOf("</svg>", StringComparison.Ordinal), Circles(marks)), lines: true);
    }

    /// <summary>An SVG file of its own.</summary>
    public static string ForFile(string xml, string name, string alt) => Printable.Of(Described(xml, name, alt), lines: true);

    private static string Circles(IEnumerable<(Pixel At, string Text)> marks)
    {
        var circles = string.Concat(
            marks.Select(mark =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<circle cx=\"{mark.At.X:0.#}\" cy=\"{mark.At.Y:0.#}\" r=\"{Reach}\"><title>{WebUtility.HtmlEncode(mark.Text)}</title></circle>"
                )));
        return circles.Length == 0 ? "" : $"<g class=\"marks\">{circles}</g>";
    }

    private static string Described(string xml, string name, string alt)
    {
        var svg = Size()
            .Replace(
                xml,
                match =>
                    $"<svg role=\"img\" aria-label=\"{WebUtility.HtmlEncode(alt)}\" "
                    + $"viewBox=\"0 0 {match.Groups["w"].Value} {match.Groups["h"].Value}\" {match.Groups["all"].Value}",
                1);
        return Family().Replace(Renamed(svg, name), $"font-family=\"{FigureFont.Family}, sans-serif\"");
    }

    /// <summary>The same drawing with other names inside, so that it can stand twice on a page.</summary>
    // The library counts names up as long as a process lives; counted anew, equal data give equal files.
    internal static string Renamed(string svg, string name)
    {
        var known = new Dictionary<string, int>();
        var safe = FigureName.Safe(name);
        return Identifier().Replace(svg, match =>
        {
            var id = match.Groups["id"].Value;
            if (!known.TryGetValue(id, out var number)) known[id] = number = known.Count;
            return $"{match.Groups["before"].Value}{safe}-{number}";
        });
    }

    [GeneratedRegex(@"^\s*<\?xml.*?\?>\s*", RegexOptions.Singleline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<before>\bid=""|url\(#|href=""#)(?<id>[\w.-]+)")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"<svg (?<all>[^>]*?\bwidth=""(?<w>[\d.]+)"" height=""(?<h>[\d.]+)""[^>]*)")]
    private static partial Regex Size();

    [GeneratedRegex(@"font-family=""[^""]*""")]
    private static partial Regex Family();
}
