using System.Text;

namespace Pentimento.Reports.Figures;

/// <summary>A figure in one format, on its way to a folder or to a reader.</summary>
/// <param name="Ending">svg, png or csv.</param>
/// <param name="Content">The whole file.</param>
public sealed record FigureFile(string Ending, byte[] Content)
{
    /// <summary>A text file in UTF-8.</summary>
    public FigureFile(string ending, string content) : this(ending, Encoding.UTF8.GetBytes(content))
    {
    }

    /// <summary>The file as an address, for a page that needs no other file.</summary>
    public string DataUri => $"data:{Media};base64,{Convert.ToBase64String(Content)}";

    private string Media => Ending switch { "svg" => "image/svg+xml", "png" => "image/png", _ => "text/csv;charset=utf-8" };
}
