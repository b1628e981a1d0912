namespace Pentimento.Reports.Documents;

/// <summary>Text of others, such as names from files, made safe within Markdown.</summary>
internal static class MarkdownText
{
    /// <summary>Plain text in a sentence or a table's cell.</summary>
    public static string Plain(string text) =>
        Escaped(Unlinked(Printable.Of(text).ReplaceLineEndings(" "))).Replace("|", "\\|");

    /// <summary>The letters that HTML within Markdown would take for its own.</summary>
    public static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;");

    /// <summary>Text in which brackets are brackets: a name from a file is no link.</summary>
    public static string Unlinked(string text) => text.Replace("](", "]\\(");

    /// <summary>A name within backticks.</summary>
    public static string Code(string text) => $"`{Printable.Of(text).ReplaceLineEndings(" ").Replace("`", "'").Replace("|", "\\|")}`";
}
