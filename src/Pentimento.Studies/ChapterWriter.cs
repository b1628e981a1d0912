using Pentimento.Experiments;
using Pentimento.Reports.Figures;

namespace Pentimento.Studies;

/// <summary>Writes one chapter down, and draws its figures into the run's folder as they come.</summary>
/// <param name="folder">The run.</param>
internal sealed class ChapterWriter(RunFolder folder)
{
    private readonly List<Block> blocks = [];
    private readonly List<Claim> claims = [];

    /// <summary>The files that were drawn, relative to the run.</summary>
    public List<string> Drawn { get; } = [];

    /// <summary>What has been written.</summary>
    public StudyPart Part(string id, string title) => new(id, title, blocks, claims);

    public void Head(string heading) => blocks.Add(new() { Heading = heading });

    public void Say(string text) => blocks.Add(new() { Text = text });

    public void List(string name, string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows) =>
        blocks.Add(new() { Table = new(name, caption, header, [.. rows]) });

    /// <summary>Draws a figure and shows it.</summary>
    public void Draw(Figure figure, string caption)
    {
        figure.Save(folder.At(FigureFiles.Place));
        if (figure is PlotFigure plot)
            SafeFile.Write(folder.At(Path.Combine(FigureFiles.Place, $"{FigureName.Safe(figure.Name)}.{FigureFiles.ForPage}")), plot.Inline());
        if (Files(figure.Name).Any())
            Show(figure.Name, caption, figure.Alt);
        else
            Say($"{caption} There are none.");
    }

    /// <summary>Shows a figure that somebody else has drawn.</summary>
    public void Show(string name, string caption, string alt)
    {
        Drawn.AddRange(Files(name));
        blocks.Add(new() { Figure = new(name, caption, alt) });
    }

    public void Claim(string said, string measured, string basis, Ruling ruling, string? figure = null) =>
        claims.Add(new(said, measured, basis, ruling, figure));

    private IEnumerable<string> Files(string name) =>
        Directory
            .GetFiles(folder.At(FigureFiles.Place), $"{FigureName.Safe(name)}.*")
            .Select(file => $"{FigureFiles.Place}/{Path.GetFileName(file)}")
            .Order(StringComparer.Ordinal);
}
