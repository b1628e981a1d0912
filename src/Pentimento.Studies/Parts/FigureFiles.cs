using Pentimento.Experiments;
using Pentimento.Reports.Figures;

namespace Pentimento.Studies.Parts;

/// <summary>The files that a study's chapters have drawn.</summary>
public sealed class FigureFiles
{
    /// <summary>Where they lie in a run.</summary>
    public const string Place = "figures";

    // Drawings whose colours follow the page's theme, and whose marks tell their values.
    internal const string ForPage = "page.svg";

    private readonly RunFolder folder;

    /// <summary>The files of a run.</summary>
    internal FigureFiles(RunFolder folder) => this.folder = folder;

    /// <summary>A drawing for a page, as SVG; null for pictures.</summary>
    public string? Page(string name) => File.Exists(At(name, ForPage)) ? File.ReadAllText(At(name, ForPage)) : null;

    /// <summary>A picture.</summary>
    /// <exception cref="BadInputException">It is gone.</exception>
    public FigureFile Png(string name) => Read(name, "png");

    /// <summary>What a reader may download: the sharpest drawing, and the numbers where there are any.</summary>
    public IEnumerable<FigureFile> Downloads(string name) =>
        [Read(name, File.Exists(At(name, "svg")) ? "svg" : "png"), .. File.Exists(At(name, "csv")) ? [Read(name, "csv")] : Array.Empty<FigureFile>()];

    private string At(string name, string ending) => folder.At(Path.Combine(Place, $"{FigureName.Safe(name)}.{ending}"));

    private FigureFile Read(string name, string ending)
    {
        Require.That(
            File.Exists(At(name, ending)),
            $"{At(name, ending)} is gone; finish the study again with: pentimento run {folder.At("recipe.yaml")} --out {folder.Folder}");
        return new(ending, File.ReadAllBytes(At(name, ending)));
    }
}
