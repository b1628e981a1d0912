namespace Pentimento.Reports.Documents;

/// <summary>Text of others, such as names from files, made safe within Markdown.</summary>
internal static class MarkdownText
{
    /// <summary>Plain text in a sentence or a table's cell.</summary>
    public static string Plain(string text) =>
        Printable.Of(text).ReplaceLineEndings(" ").Replace("&", "&amp;").Replace("<", "&lt;").Replace("|", "\\|");

    /// <summary>A name within backticks.</summary>
    public static string Code(string text) => $"`{Printable.Of(text).ReplaceLineEndings(" ").Replace("`", "'").Replace("|", "\\|")}`";
}
