namespace Pentimento.Reports.Documents;

/// <summary>How a page is written.</summary>
public enum PageFormat
{
    /// <summary>One HTML file that needs no other.</summary>
    Html,

    /// <summary>Markdown whose figures are links into <c>figures/</c>.</summary>
    Md,

    /// <summary>A model card of the run's repaired network, in Markdown with Hugging Face's headings and metadata.</summary>
    Card,
}

/// <summary>From a page to its file.</summary>
internal static class PageFormats
{
    /// <summary>Writes a page and returns its path.</summary>
    /// <param name="format">How.</param>
    /// <param name="path">The file without its ending; <c>figures/</c> lies beside it.</param>
    /// <param name="html">The page.</param>
    public static string Write(this PageFormat format, string path, string html)
    {
        var (file, text) = format == PageFormat.Md ? ($"{path}.md", Markdown.Of(html, "figures")) : ($"{path}.html", html);
        SafeFile.Write(file, text);
        return file;
    }
}
