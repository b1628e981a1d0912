using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Pentimento.Reports.Documents;

/// <summary>A page read as Markdown: the same text and numbers, its figures as links to their files.</summary>
internal sealed partial class Markdown
{
    private static readonly HashSet<string> Blocks =
    [
        "h1",
        "h2",
        "h3",
        "p",
        "div",
        "section",
        "header",
        "main",
        "figure",
        "figcaption",
        "details",
        "summary",
        "dl",
        "article",
        "dt",
    ];
    private static readonly HashSet<string> Silent = ["nav", "style", "script", "title", "head"];
    private static readonly HashSet<string> Void = ["meta", "link", "img", "br", "input"];

    private readonly StringBuilder text = new();
    private readonly List<List<string>> rows = [];
    private readonly Stack<string> link = new();

    // How deep inside something that is left out; 0 is outside.
    private int hidden;
    private bool verbatim;
    private bool quoted;

    /// <summary>From a whole page.</summary>
    /// <param name="html">What <see cref="Rendering"/> made.</param>
    /// <param name="figures">The folder of the figures, as the Markdown file sees it.</param>
    public static string Of(string html, string figures)
    {
        var reader = new Markdown();
        foreach (Match token in Token().Matches(html[html.IndexOf("<body", StringComparison.Ordinal)..])) reader.Read(token, figures);
        // What HTML writes as a number is a control character again.
        return Printable.Of($"{Gap().Replace(reader.text.ToString(), "\n\n").Trim()}\n", lines: true);
    }

    private void Read(Match token, string figures)
    {
        var (name, closes) = (token.Groups["name"].Value, token.Groups["close"].Length > 0);
        if (hidden > 0)
        {
            if (name.Length > 0 && !Void.Contains(name) && !token.Value.EndsWith("/>", StringComparison.Ordinal)) hidden += closes ? -1 : 1;
        }
        else if (name.Length == 0) Quote(WebUtility.HtmlDecode(token.Value));
        else if (Attribute(token.Value, "data-figure") is { } figure) Picture(figure, Attribute(token.Value, "data-alt") ?? figure, figures);
        else if (Silent.Contains(name) || Attribute(token.Value, "class") == "downloads" || token.Value.Contains("aria-hidden")) hidden = 1;
        else if (closes) Close(name);
        else Open(name, token.Value);
    }

    private void Picture(string name, string alt, string figures)
    {
        Break();
        var (said, file) = (MarkdownText.Escaped(alt.Replace("[", "").Replace("]", "")), Uri.EscapeDataString(Figures.FigureName.Safe(name)));
        text.Append($"![{said}]({figures}/{file}.png)");
        Break();
        hidden = 1;
    }

    /// <summary>The page's text, which may quote a file: it opens no tag and no link.</summary>
    private void Quote(string words) => Write(verbatim || quoted ? words : MarkdownText.Unlinked(words));

    private void Write(string written)
    {
        // Inside code everything is text but its own end; who does not read Markdown may still see tags.
        if (verbatim) written = TagStart().Replace(written.Replace("```", "'''"), "‹");
        else if (quoted && written != "`") written = written.Replace('`', '\'').Replace('<', '‹');
        else if (!quoted) written = MarkdownText.Escaped(written);
        if (verbatim) text.Append(written);
        else if (rows.Count > 0) Cell(written);
        else text.Append(Atline(Spaces().Replace(written, " ")));
    }

    private string Atline(string written) => text.Length == 0 || text[^1] is '\n' or ' ' ? written.TrimStart() : written;

    private void Cell(string written)
    {
        if (rows[^1].Count > 0) rows[^1][^1] += Spaces().Replace(written, " ").Replace("|", "\\|");
    }

    private void Open(string name, string tag)
    {
        switch (name)
        {
            case "table": rows.Clear(); rows.Add([]); break;
            case "tr": rows.Add([]); break;
            case "th" or "td" when rows.Count > 0: rows[^1].Add(""); break;
            case "h1" or "h2" or "h3": Break(); text.Append($"{new string('#', name[1] - '0')} "); break;
            case "li": Break(1); text.Append("- "); break;
            case "dd": text.Append(' '); break;
            case "strong": Write("**"); break;
            case "code": quoted = !verbatim; Write("`"); break;
            case "pre": Break(); text.Append("```yaml\n"); verbatim = true; break;
            case "a": Write("["); link.Push(Attribute(tag, "href") ?? ""); break;
            case "br": Write(" "); break;
            default: if (Blocks.Contains(name) && rows.Count == 0) Break(); else if (Blocks.Contains(name)) Write(" "); break;
        }
    }

    private void Close(string name)
    {
        switch (name)
        {
            case "table": Grid(); break;
            case "strong": Write("**"); break;
            case "code" when quoted: Write("`"); quoted = false; break;
            case "pre": text.Append("\n```"); verbatim = false; Break(); break;
            case "a" when link.TryPop(out var to): Write($"]({to})"); break;
            default: if (Blocks.Contains(name) && rows.Count == 0) Break(); break;
        }
    }

    private void Grid()
    {
        var filled = rows.Where(row => row.Count > 0).ToList();
        rows.Clear();
        if (filled.Count == 0) return;
        Break();
        foreach (var (at, row) in filled.Index())
        {
            text.Append($"| {string.Join(" | ", row.Select(cell => cell.Trim()))} |\n");
            if (at == 0) text.Append($"|{string.Concat(row.Select(_ => " --- |"))}\n");
        }

        Break();
    }

    private void Break(int lines = 2) => text.Append('\n', lines);

    private static string? Attribute(string tag, string name)
    {
        var found = Regex.Match(tag, $"\\b{name}=\"(?<value>[^\"]*)\"");
        return found.Success ? WebUtility.HtmlDecode(found.Groups["value"].Value) : null;
    }

    [GeneratedRegex(@"<(?<close>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(?:""[^""]*""|[^>""])*>|[^<]+")]
    private static partial Regex Token();

    [GeneratedRegex(@"<(?=[a-zA-Z/!?])")]
    private static partial Regex TagStart();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[ \t]*\n[ \t]*\n\s*")]
    private static partial Regex Gap();
}
